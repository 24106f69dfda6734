// What the kernel makes of two threads, or two processes, that fault at once: no library, a handler that jumps out of the signal.
// docs/performance.md has the figures. Linux, x86_64; as root it tries two users too.
//
//     gcc -O2 -o signal-scaling tools/signal-scaling.c -lpthread && ./signal-scaling
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

enum { FAULTS = 3000, REPEATS = 180, SIGNAL_STACK = 64 * 1024, OTHER_USER = 1234 };

// Where both sides leave their times; shared between processes as well as threads.
struct shared {
    volatile int ready[2];
    volatile int failed;
    double nanoseconds[2][REPEATS];
};

static struct shared *shared;

// Faults once. The handler goes on at `landed`, with the stack pointer that rbx kept.
void fault(void);
__asm__("fault: push %rbx\n"
        "       mov %rsp, %rbx\n"
        "       xor %eax, %eax\n"
        "       mov (%rax), %rax\n"
        ".globl landed\n"
        "landed: pop %rbx\n"
        "       ret\n");

static void on_fault(int signal, siginfo_t *info, void *context)
{
    ucontext_t *interrupted = context;
    (void)signal;
    (void)info;
    __asm__ volatile("mov %0, %%rsp\n jmp landed" : : "r"(interrupted->uc_mcontext.gregs[REG_RBX]) : "memory");
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static double time_faults(void)
{
    double start = now();
    for (int i = 0; i < FAULTS; i++)
        fault();
    return (now() - start) / FAULTS;
}

static void use_signal_stack(void)
{
    stack_t stack = {.ss_sp = malloc(SIGNAL_STACK), .ss_size = SIGNAL_STACK};
    sigaltstack(&stack, NULL);
}

// One of two sides: each repeat begins when the other side is there too.
static void *run_side(void *argument)
{
    int side = (int)(long)argument;
    cpu_set_t processor;
    CPU_ZERO(&processor);
    CPU_SET(side, &processor);
    sched_setaffinity(0, sizeof processor, &processor);
    use_signal_stack();
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        __sync_fetch_and_add(&shared->ready[side], 1);
        while (shared->ready[!side] <= repeat && !shared->failed)
            ;
        shared->nanoseconds[side][repeat] = time_faults();
    }
    return NULL;
}

static void report(const char *what, double alone)
{
    double best = 1e18;
    if (shared->failed) {
        printf("%-28s not possible here\n", what);
        return;
    }
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        double slower = shared->nanoseconds[0][repeat] > shared->nanoseconds[1][repeat]
            ? shared->nanoseconds[0][repeat] : shared->nanoseconds[1][repeat];
        best = slower / 2 < best ? slower / 2 : best;
    }
    printf("%-28s %6.0f ns a fault of both, %.2f x\n", what, best, alone / best);
    memset((void *)shared, 0, sizeof *shared);
}

static void run_processes(int other_user)
{
    for (long side = 0; side < 2; side++)
        if (fork() == 0) {
            if (side == 1 && other_user && setuid(OTHER_USER) != 0)
                shared->failed = 1;
            run_side((void *)side);
            _exit(0);
        }
    wait(NULL);
    wait(NULL);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigaction(SIGSEGV, &action, NULL);
    use_signal_stack();
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    double alone = 1e18;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        double once = time_faults();
        alone = once < alone ? once : alone;
    }
    printf("%-28s %6.0f ns a fault\n", "one thread", alone);

    pthread_t threads[2];
    for (long side = 0; side < 2; side++)
        pthread_create(&threads[side], NULL, run_side, (void *)side);
    for (int side = 0; side < 2; side++)
        pthread_join(threads[side], NULL);
    report("two threads", alone);

    run_processes(0);
    report("two processes", alone);
    if (getuid() == 0) {
        run_processes(1);
        report("two processes of two users", alone);
    }
}
