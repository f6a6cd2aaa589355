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
#endif
