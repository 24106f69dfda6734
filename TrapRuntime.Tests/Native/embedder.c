// A host that is not .NET and owns its signal handlers: embedder LIBRARY [crash]. Asks the library about each fault first.
// Prints what went wrong; exit code 0 when nothing did, 42 when its own handler ended a crash of its own.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SIGNALS = 4, THREADS = 8, ROUNDS = 50, DEPTH = 50, OWN_CRASH = 42, STACK = 256 * 1024 };

static const int signals[SIGNALS] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE };
static int (*try_handle)(int, siginfo_t *, void *);
static int (*trap_all)(void);
static int (*managed_faults)(int);
static struct sigaction before[65];
static volatile long asked, handled;
static volatile int own_crash;
static __thread sigjmp_buf back;
static __thread volatile int expecting;

static void handler(int signal, siginfo_t *info, void *context) {
    __atomic_fetch_add(&asked, 1, __ATOMIC_RELAXED);
    if (try_handle && try_handle(signal, info, context)) {
        __atomic_fetch_add(&handled, 1, __ATOMIC_RELAXED);
        return;
    }
    if (expecting) {
        expecting = 0;
        siglongjmp(back, 1);
    }
    if (own_crash) _exit(OWN_CRASH);
    struct sigaction *old = &before[signal]; // the runtime's own handler knows its null references
    if (old->sa_flags & SA_SIGINFO) old->sa_sigaction(signal, info, context);
    else sigaction(signal, old, NULL);
}

static int own_fault(void) {
    if (sigsetjmp(back, 1)) return 1;
    expecting = 1;
    *(volatile int *)16 = 1;
    return 0;
}

static void *work(void *unused) {
    (void)unused;
    stack_t stack = { .ss_sp = mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), .ss_size = STACK };
    sigaltstack(&stack, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        if (trap_all()) return "a trap went wrong";
        if (managed_faults(1) || managed_faults(DEPTH)) return "a managed fault went wrong";
        if (!own_fault()) return "a fault of the host's own was swallowed";
    }
    return NULL;
}

static int fail(const char *what) {
    printf("%s\n", what);
    return 1;
}

int main(int count, char **words) {
    void *library = count > 1 ? dlopen(words[1], RTLD_NOW) : NULL;
    if (!library) return fail(count > 1 ? dlerror() : "which library?");
    void (*start)(void) = (void (*)(void))dlsym(library, "trapruntime_start");
    int (*initialize)(int) = (int (*)(int))dlsym(library, "trapruntime_initialize");
    void *(*get_try_handle)(void) = (void *(*)(void))dlsym(library, "trapruntime_try_handle");
    trap_all = (int (*)(void))dlsym(library, "trapruntime_trap_all");
    managed_faults = (int (*)(int))dlsym(library, "trapruntime_managed_faults");
    start();

    struct sigaction own = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };
    for (int i = 0; i < SIGNALS; i++) sigaction(signals[i], &own, &before[signals[i]]);
    if (initialize(0)) return fail("it does not initialize");
    for (int i = 1; i < 65; i++) {
        struct sigaction now;
        if (sigaction(i, NULL, &now)) continue;
        int is_ours = i == SIGSEGV || i == SIGBUS || i == SIGILL || i == SIGFPE;
        if (is_ours && now.sa_sigaction != handler) return fail("it installed a handler of its own");
        if (i == SIGUSR1 && now.sa_handler != SIG_DFL) return fail("it installed an interrupt handler");
    }
    try_handle = (int (*)(int, siginfo_t *, void *))get_try_handle();

    if (count > 2) {
        if (trap_all()) return fail("a trap went wrong");
        own_crash = 1;
        *(volatile int *)16 = 1;
        return fail("the crash was swallowed");
    }

    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < THREADS; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        if (wrong) return fail(wrong);
    }
    if (handled < THREADS * ROUNDS || asked <= handled) return fail("the handler was not asked");
    printf("ok\n");
    return 0;
}
