#define _GNU_SOURCE
#include "CSystem.h"

#include <link.h>
#include <linux/filter.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>

int csystem_accept(int descriptor, struct sockaddr_storage *address, socklen_t *length) {
    return accept4(descriptor, (struct sockaddr *)address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int csystem_epoll_create(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

int csystem_eventfd(void) {
    return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}

int csystem_epoll_ctl(int epoll, int operation, int descriptor, uint32_t events, uint64_t data) {
    struct epoll_event event = {.events = events, .data.u64 = data};
    return epoll_ctl(epoll, operation, descriptor, &event);
}

void csystem_name_thread(const char *name) {
    pthread_setname_np(pthread_self(), name);
}

void csystem_ask_for_short_slices(void) {
    // What an operator has chosen stays.
    if (sched_getscheduler(0) != SCHED_OTHER) return;
    // The first version of the kernel's `struct sched_attr`, which not every libc declares.
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime, deadline, period;
    } attributes = {
        .size = sizeof attributes,
        .nice = getpriority(PRIO_PROCESS, 0),
        .runtime = 100000,
    };
    syscall(SYS_sched_setattr, 0, &attributes, 0);
}

void csystem_stand_back(void) {
    // To Linux each thread is a process of its own here (setpriority(2), C library/kernel differences).
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + 5);
}

int csystem_address_parse(
    const char *host, uint16_t port, struct sockaddr_storage *address, socklen_t *length
) {
    memset(address, 0, sizeof *address);
    struct sockaddr_in *four = (struct sockaddr_in *)address;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)address;
    if (inet_pton(AF_INET, host, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(port);
        *length = sizeof *four;
        return 0;
    }
    if (inet_pton(AF_INET6, host, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(port);
        *length = sizeof *six;
        return 0;
    }
    return -1;
}

int csystem_address_format(const struct sockaddr_storage *address, char *text, socklen_t size) {
    const struct sockaddr_in *four = (const struct sockaddr_in *)address;
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;
    const char *written = NULL;
    int port = -1;
    if (address->ss_family == AF_INET) {
        written = inet_ntop(AF_INET, &four->sin_addr, text, size);
        port = ntohs(four->sin_port);
    } else if (address->ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&six->sin6_addr)) {
        written = inet_ntop(AF_INET, &six->sin6_addr.s6_addr[12], text, size);
        port = ntohs(six->sin6_port);
    } else if (address->ss_family == AF_INET6) {
        written = inet_ntop(AF_INET6, &six->sin6_addr, text, size);
        port = ntohs(six->sin6_port);
    }
    return written ? port : -1;
}

static int set_option(int descriptor, int level, int name, int value) {
    return setsockopt(descriptor, level, name, &value, sizeof value);
}

int csystem_probe_address(const struct sockaddr_storage *address, socklen_t length) {
    int descriptor = socket(address->ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    int failed = set_option(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        || (address->ss_family == AF_INET6
            && set_option(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0))
        || bind(descriptor, (const struct sockaddr *)address, length);
    int code = errno;
    close(descriptor);
    errno = code;
    return failed ? -1 : 0;
}

// What a connection's peer does not fetch waits in the process, which counts it, and not in the kernel, where a few
// hundred slow readers would take hundreds of megabytes from everybody (tcp(7): TCP_NOTSENT_LOWAT).
static const int unsent_bytes_max = 256 << 10;

int csystem_listener(const struct sockaddr_storage *address, socklen_t length, int backlog) {
    int descriptor = socket(address->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    int failed = set_option(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        || set_option(descriptor, SOL_SOCKET, SO_REUSEPORT, 1)
        || set_option(descriptor, IPPROTO_TCP, TCP_NODELAY, 1)
        || set_option(descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, unsent_bytes_max)
        || (address->ss_family == AF_INET6
            && set_option(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0))
        || bind(descriptor, (const struct sockaddr *)address, length)
        || listen(descriptor, backlog);
    if (!failed) return descriptor;
    int code = errno;
    close(descriptor);
    errno = code;
    return -1;
}

int csystem_local_address(int descriptor, struct sockaddr_storage *address) {
    socklen_t length = sizeof *address;
    return getsockname(descriptor, (struct sockaddr *)address, &length);
}

static int release_object(struct dl_phdr_info *object, size_t size, void *data) {
    (void)size;
    uintptr_t page = *(const uintptr_t *)data;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        if (segment->p_type != PT_LOAD || segment->p_flags & PF_W) continue;
        uintptr_t start = (object->dlpi_addr + segment->p_vaddr) & ~(page - 1);
        uintptr_t end = (object->dlpi_addr + segment->p_vaddr + segment->p_memsz) & ~(page - 1);
        // The kernel's own pages refuse, which is as well.
        if (end > start) (void)madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

void csystem_release_file_pages(void) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    dl_iterate_phdr(release_object, &page);
}

int csystem_refuse_handshakes(int descriptor) {
    struct sock_filter drop = BPF_STMT(BPF_RET | BPF_K, 0);
    struct sock_fprog program = {.len = 1, .filter = &drop};
    return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

// The library's own recv and send are points where a thread can be cancelled, which costs four atomic operations
// a request; none of ours ever is. Both calls return at once, the sockets do not block.

ssize_t csystem_receive(int descriptor, void *bytes, size_t count) {
    return syscall(SYS_recvfrom, descriptor, bytes, count, 0, NULL, NULL);
}

ssize_t csystem_send(int descriptor, const void *bytes, size_t count) {
    return syscall(SYS_sendto, descriptor, bytes, count, MSG_NOSIGNAL, NULL, 0);
}

int csystem_shutdown_writing(int descriptor) {
    return shutdown(descriptor, SHUT_WR);
}

int csystem_reset_on_close(int descriptor) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    return setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

void csystem_block_broken_pipe_signal(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int64_t csystem_wall_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return now.tv_sec;
}

// A loop that answers cold requests would else give its last pages back and fetch them again, each time.
static const int trim_threshold = 16 << 20;

void csystem_tune_allocator(void) {
    mallopt(M_TRIM_THRESHOLD, trim_threshold);
    // Large columns live in mappings of their own, which go back to the system whole when a snapshot ends.
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
}

void csystem_return_free_memory(void) {
    malloc_trim(0);
}

void csystem_return_end_of_arena(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    mallopt(M_TRIM_THRESHOLD, 0);
    // free(3) looks at the end where a block is larger than its FASTBIN_CONSOLIDATION_THRESHOLD, 64 KiB. Volatile, or
    // the compiler would see that the block is of no use.
    void *volatile block = malloc(65 << 10);
    free(block);
    mallopt(M_TRIM_THRESHOLD, trim_threshold);
    pthread_mutex_unlock(&lock);
}

size_t csystem_allocated_bytes(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
