// What Glibc's Swift module does not export, and the few calls Swift cannot make itself.
// `_GNU_SOURCE` stays out of this header: it would change types that Glibc's module defines too.
#ifndef CSYSTEM_H
#define CSYSTEM_H
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

// Accepts with SOCK_NONBLOCK and SOCK_CLOEXEC.
int csystem_accept(int descriptor, struct sockaddr_storage *address, socklen_t *length);

int csystem_epoll_create(void);
int csystem_eventfd(void);

// `epoll_event` is packed on x86-64; a plain 64-bit user data spares Swift the union.
int csystem_epoll_ctl(int epoll, int operation, int descriptor, uint32_t events, uint64_t data);

static inline uint64_t csystem_event_data(const struct epoll_event *events, int index) {
    return events[index].data.u64;
}

static inline uint32_t csystem_event_mask(const struct epoll_event *events, int index) {
    return events[index].events;
}

void csystem_name_thread(const char *name);

// Has the calling thread take the core in turns of 0.1 ms instead of the usual 3, which gives it no
// larger share, but lets it begin while another thread's turn lasts. Linux 6.12 and newer; elsewhere
// nothing happens. Source: sched_setattr(2), sched_runtime.
void csystem_ask_for_short_slices(void);

// Has the calling thread, and those it starts from now on, stand back behind the others of the process: nice is raised by
// five, which is a third of another thread's share where both want the core (sched(7)).
void csystem_stand_back(void);

// Numeric IPv4 or IPv6 text into an address; -1 when it is neither.
int csystem_address_parse(
    const char *host, uint16_t port, struct sockaddr_storage *address, socklen_t *length
);

// Numeric text of an address (an IPv4-mapped one as IPv4) and its port; -1 for another family.
int csystem_address_format(const struct sockaddr_storage *address, char *text, socklen_t size);

// 0 where nobody listens on the address yet; -1 with errno where somebody does, or where it cannot be had. A socket
// with SO_REUSEPORT would join whoever listens there.
int csystem_probe_address(const struct sockaddr_storage *address, socklen_t length);
// A bound, listening, non-blocking socket with SO_REUSEPORT. TCP_NODELAY is inherited by what it
// accepts, which spares a call per connection. -1 with errno.
int csystem_listener(const struct sockaddr_storage *address, socklen_t length, int backlog);

int csystem_local_address(int descriptor, struct sockaddr_storage *address);

// Gives back the pages of the program and its libraries that are as they are in their files: most were read to
// start and are not needed again. What is needed comes back from the page cache, some microseconds each.
// Writable segments, relocated ones among them, are left alone.
void csystem_release_file_pages(void);

// Lets a listening socket drop every packet that arrives from now on, while the accept queue stays:
// what is queued can be accepted to the end, and nobody is reset by the close that follows.
int csystem_refuse_handshakes(int descriptor);

ssize_t csystem_receive(int descriptor, void *bytes, size_t count);

// With MSG_NOSIGNAL.
ssize_t csystem_send(int descriptor, const void *bytes, size_t count);

int csystem_shutdown_writing(int descriptor);

// Lets the close of a connected socket send RST instead of FIN.
int csystem_reset_on_close(int descriptor);

// On the calling thread.
void csystem_block_broken_pipe_signal(void);

// Seconds of wall time since 1970, from the coarse clock.
int64_t csystem_wall_seconds(void);

// Tells malloc how this process uses memory. Before the first thread starts.
void csystem_tune_allocator(void);
// Gives pages that hold nothing but freed blocks back to the system, wherever they lie between others (malloc_trim(3)). Takes
// each arena's lock for about a microsecond a page.
void csystem_return_free_memory(void);
// On a thread that csystem_tune_allocator() was called before. Gives back what is free at the end of the arena that the
// thread allocates from, but for 128 KiB: malloc_trim(3) does that for the first thread's arena alone, so that any other
// stays as large as it ever was.
void csystem_return_end_of_arena(void);
// Bytes of blocks that are in use (mallinfo2(3)). Takes each arena's lock for as long as its free blocks are counted.
size_t csystem_allocated_bytes(void);
#endif
