#ifndef IMAGE_GATEWAY_ALLOCATION_COUNTER_H
#define IMAGE_GATEWAY_ALLOCATION_COUNTER_H

#include <stdint.h>

// Counts every call of the allocator in the process that it is linked into or preloaded into.
// With ALLOCATION_COUNTS=FILE in the environment the counts lie in that file, 16 bytes in the
// machine's order, so that another process can read them while this one runs.

/// Blocks handed out since the start: malloc, calloc, realloc, aligned_alloc, posix_memalign.
uint64_t ig_allocation_count(void);

/// Bytes asked for with them.
uint64_t ig_allocation_bytes(void);

#endif
