// The files of the web pages, embedded in the binary.
#ifndef CWEBASSETS_H
#define CWEBASSETS_H
#include <stddef.h>

typedef struct {
    // File name, NUL-terminated; names are unique.
    const char *name;
    // The file's bytes; they live as long as the process.
    const unsigned char *bytes;
    size_t byte_count;
} web_asset;

size_t web_asset_count(void);

// The asset at an index below the count; NULL at any other.
const web_asset *web_asset_at(size_t index);
#endif
