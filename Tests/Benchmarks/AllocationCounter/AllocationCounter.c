#define _GNU_SOURCE
#include "CAllocationCounter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// Glibc's own names of the functions that this file stands in front of.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

struct counts {
    _Atomic uint64_t blocks;
    _Atomic uint64_t bytes;
};

static struct counts own;
static struct counts *counts = &own;

static void count(size_t size) {
    atomic_fetch_add_explicit(&counts->blocks, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&counts->bytes, size, memory_order_relaxed);
}

__attribute__((constructor)) static void share_counts(void) {
    const char *path = getenv("ALLOCATION_COUNTS");
    if (!path) return;
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return;
    if (ftruncate(file, sizeof(struct counts)) == 0) {
        void *place = mmap(NULL, sizeof(struct counts), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (place != MAP_FAILED) counts = place;
    }
    close(file);
}

uint64_t ig_allocation_count(void) { return atomic_load_explicit(&counts->blocks, memory_order_relaxed); }
uint64_t ig_allocation_bytes(void) { return atomic_load_explicit(&counts->bytes, memory_order_relaxed); }

void *malloc(size_t size) {
    count(size);
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count(number * size);
    return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
    count(size);
    return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
    count(size);
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
    void *place = memalign(alignment, size);
    if (!place) return ENOMEM;
    *block = place;
    return 0;
}
