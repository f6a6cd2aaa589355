// zlib for Swift: `deflateInit2` is a macro.
#ifndef CZLIB_H
#define CZLIB_H
#include <zlib.h>

static inline int czlib_deflate_init_gzip(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
#endif
