#ifndef IMAGE_GATEWAY_BENCHMARK_SYSTEM_H
#define IMAGE_GATEWAY_BENCHMARK_SYSTEM_H

#include <poll.h>
#include <stdint.h>
#include <sys/types.h>

// What Swift cannot call: fork, and what Glibc shows only to those who ask for more than POSIX.

/// Starts a program with its standard output and error appended to files and nothing to read. It ends
/// with the calling thread, whatever ends that. `processor` is the only core it may use, or -1. Returns
/// its process id, or an errno below zero.
pid_t ig_spawn(
    char *const *arguments, char *const *environment, const char *output, const char *errors,
    int processor
);

/// Binds the calling thread to one core, or frees it again with -1.
void ig_bind(int processor);

/// Has the calling thread run before whoever else wants its core, or as usual again with 0. What it
/// starts runs as usual. Nothing happens where that is not allowed.
void ig_go_first(int first);

/// poll(2) with a limit in nanoseconds; below zero there is none.
int ig_poll(struct pollfd *descriptors, nfds_t count, int64_t nanoseconds);

/// Nanoseconds of processor time, user and system, of a whole process; -1 where there is none such.
int64_t ig_processor_time(pid_t process);

/// Gives memory that was freed back to the system, so that what is resident is what is in use.
void ig_give_back_memory(void);

#endif
