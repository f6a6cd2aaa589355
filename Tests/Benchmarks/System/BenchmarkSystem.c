#define _GNU_SOURCE
#include "CBenchmarkSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

void ig_bind(int processor) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int index = 0; index < CPU_SETSIZE; index++) {
        if (processor < 0 || processor == index) CPU_SET(index, &set);
    }
    sched_setaffinity(0, sizeof set, &set);
}

void ig_go_first(int first) {
    struct sched_param parameters = {.sched_priority = first ? 1 : 0};
    sched_setscheduler(0, (first ? SCHED_FIFO : SCHED_OTHER) | SCHED_RESET_ON_FORK, &parameters);
}

static void become(
    char *const *arguments, char *const *environment, const char *output, const char *errors,
    int processor, pid_t parent
) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) return;
    const int flags = O_WRONLY | O_CREAT | O_APPEND;
    int in = open("/dev/null", O_RDONLY);
    int out = open(output, flags, 0600);
    int err = open(errors, flags, 0600);
    if (in < 0 || out < 0 || err < 0) return;
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) return;
    closefrom(3);
    if (processor >= 0) ig_bind(processor);
    execve(arguments[0], arguments, environment);
}

pid_t ig_spawn(
    char *const *arguments, char *const *environment, const char *output, const char *errors,
    int processor
) {
    const pid_t parent = getpid();
    pid_t process = fork();
    if (process == 0) {
        become(arguments, environment, output, errors, processor, parent);
        _exit(127);
    }
    return process < 0 ? -errno : process;
}

int ig_poll(struct pollfd *descriptors, nfds_t count, int64_t nanoseconds) {
    struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    return ppoll(descriptors, count, nanoseconds < 0 ? NULL : &limit, NULL);
}

int64_t ig_processor_time(pid_t process) {
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(process, &clock) || clock_gettime(clock, &time)) return -1;
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

void ig_give_back_memory(void) {
    malloc_trim(0);
}
