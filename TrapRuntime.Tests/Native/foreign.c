// Somebody else's signal handlers, and faults that are nobody's guest's. Built by the tests, loaded by the smoke program.
// Every cell of the matrix runs in a forked child, so that dying is an outcome like any other; one line per cell says what happened.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

enum { MAX_SEEN = 4, SIGNALS = 4, ALT_STACK = 256 * 1024, NEAR = 32 * 1024, COOKIE = 0x7e57, ERRNO = 123, IGNORED = 100, ASLEEP = 20 };

static const int signals[SIGNALS] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE };
static const char *const signal_names[SIGNALS] = { "SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE" };

struct seen {
    int signal, arguments, on_alternate, below_interrupted, red_zone_kept, code, sender_is_me, value_matches, address_matches, counter_matches;
    uint64_t mask, saved_mask;
};

struct shared {
    volatile int count, resumed, errno_after, red_zone, restarted;
    uint64_t mask_after;
    struct seen seen[MAX_SEEN];
};

static struct shared *shared;
static unsigned char *null_page, *bus_page;
static struct { int one, repair, leave, crash, chain, flags, present, ignore, null_info, default_action, mask; } wanted;
static struct sigaction older[65];
static int is_called; // the action is one of our handlers

// The four faulting instructions. Each marks the red zone below the stack pointer first and looks at it afterwards.
// In: rdi = an address that cannot be written. Out: eax = 1 if the red zone survived.
__asm__(
    ".text\n"
    ".macro FAULTING name, label, instruction:vararg\n"
    ".globl \\name\n\\name:\n"
    "movabs $0x1122334455667788, %rax\n mov %rax, -8(%rsp)\n mov %rax, -128(%rsp)\n"
    "xor %edx, %edx\n xor %ecx, %ecx\n"
    "\\label:\n \\instruction\n \\label\\()_end:\n"
    "movabs $0x1122334455667788, %rdx\n xor %eax, %eax\n"
    "cmp %rdx, -8(%rsp)\n jne 1f\n cmp %rdx, -128(%rsp)\n jne 1f\n inc %eax\n 1: ret\n"
    ".endm\n"
    "FAULTING write_fault, write_at, movb $1, (%rdi)\n"
    "FAULTING illegal_fault, illegal_at, ud2\n"
    "FAULTING divide_fault, divide_at, divl %ecx\n");
int write_fault(void *);
int illegal_fault(void *);
int divide_fault(void *);
extern const char write_at[], write_at_end[], illegal_at[], illegal_at_end[], divide_at[], divide_at_end[];

static int fault(int signal) {
    switch (signal) {
    case SIGSEGV: return write_fault(null_page);
    case SIGBUS: return write_fault(bus_page);
    case SIGILL: return illegal_fault(0);
    default: return divide_fault(0);
    }
}

static const char *counter_of(int signal) {
    return signal == SIGILL ? illegal_at : signal == SIGFPE ? divide_at : write_at;
}

static void *address_of(int signal) {
    return signal == SIGSEGV ? null_page : signal == SIGBUS ? bus_page : (void *)counter_of(signal);
}

static uint64_t current_mask(void) {
    uint64_t mask = 0;
    syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &mask, sizeof mask);
    return mask;
}

static void record(int signal, siginfo_t *info, ucontext_t *context) {
    int slot = __atomic_fetch_add(&shared->count, 1, __ATOMIC_SEQ_CST);
    if (slot >= MAX_SEEN) _exit(99);
    struct seen *s = &shared->seen[slot];
    stack_t stack;
    sigaltstack(NULL, &stack);
    s->signal = signal;
    s->arguments = info ? 3 : 1;
    s->on_alternate = (stack.ss_flags & SS_ONSTACK) != 0;
    s->mask = current_mask();
    if (!info) return;
    uintptr_t sp = (uintptr_t)context->uc_mcontext.gregs[REG_RSP], here = (uintptr_t)&slot;
    s->below_interrupted = here < sp && sp - here < NEAR;
    s->code = info->si_code;
    s->sender_is_me = info->si_code <= 0 && info->si_pid == getpid();
    s->value_matches = info->si_code == SI_QUEUE && info->si_value.sival_int == COOKIE;
    s->address_matches = info->si_code > 0 && info->si_addr == address_of(signal);
    s->counter_matches = context->uc_mcontext.gregs[REG_RIP] == (greg_t)counter_of(signal);
    memcpy(&s->saved_mask, &context->uc_sigmask, sizeof s->saved_mask);
}

static void repair(ucontext_t *context) {
    greg_t *counter = &context->uc_mcontext.gregs[REG_RIP];
    if (*counter == (greg_t)write_at) *counter = (greg_t)write_at_end;
    else if (*counter == (greg_t)illegal_at) *counter = (greg_t)illegal_at_end;
    else if (*counter == (greg_t)divide_at) *counter = (greg_t)divide_at_end;
}

static void three_arguments(int signal, siginfo_t *info, void *context) {
    record(signal, info, context);
    errno = 77; // a careless handler
    if (wanted.leave) _exit(40);
    if (wanted.crash) {
        if (shared->count > 1) _exit(60);
        fault(signal);
    }
    if (wanted.repair) repair(context);
    errno = ERRNO;
}

// Knows nothing but the number: lives or leaves.
static void one_argument(int signal) {
    record(signal, NULL, NULL);
    if (wanted.leave || shared->count > 2) _exit(40);
}

// Handles what is its own by its program counter; everything else goes where it went before.
static void chaining(int signal, siginfo_t *info, void *context) {
    greg_t counter = ((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
    if (info->si_code > 0 && counter == (greg_t)counter_of(signal)) {
        three_arguments(signal, info, context);
        return;
    }
    struct sigaction *before = &older[signal];
    if (before->sa_flags & SA_SIGINFO && before->sa_sigaction) before->sa_sigaction(signal, info, context);
    else if (before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN) before->sa_handler(signal);
    else { sigaction(signal, before, NULL); }
}

static void alternate_stack(size_t size) {
    stack_t stack = { .ss_sp = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), .ss_size = size };
    sigaltstack(&stack, NULL);
}

// Makes the calling thread's signal stack a small one, as some libraries do.
void foreign_small_stack(int size) { alternate_stack((size_t)size); }

// Words, joined by commas: what the four signals do from now on.
int foreign_install(const char *action) {
    char words[256];
    if (!shared) {
        shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        null_page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        bus_page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memfd_create("empty", 0), 0);
    }
    memset(&wanted, 0, sizeof wanted);
    int own_stack = 1;
    strncpy(words, action, sizeof words - 1);
    words[sizeof words - 1] = 0;
    for (char *word = strtok(words, ","); word; word = strtok(NULL, ",")) {
        if (!strcmp(word, "runtime")) return 0;
        else if (!strcmp(word, "default")) wanted.default_action = 1;
        else if (!strcmp(word, "ignore")) wanted.ignore = 1;
        else if (!strcmp(word, "null")) wanted.null_info = 1;
        else if (!strcmp(word, "one")) wanted.one = 1;
        else if (!strcmp(word, "three")) wanted.one = 0;
        else if (!strcmp(word, "chain")) wanted.chain = 1;
        else if (!strcmp(word, "repair")) wanted.repair = 1;
        else if (!strcmp(word, "leave")) wanted.leave = 1;
        else if (!strcmp(word, "crash")) wanted.crash = 1;
        else if (!strcmp(word, "mask")) wanted.mask = 1;
        else if (!strcmp(word, "onstack")) wanted.flags |= SA_ONSTACK;
        else if (!strcmp(word, "nodefer")) wanted.flags |= SA_NODEFER;
        else if (!strcmp(word, "resethand")) wanted.flags |= SA_RESETHAND;
        else if (!strcmp(word, "restart")) wanted.flags |= SA_RESTART;
        else if (!strcmp(word, "nostack")) own_stack = 0;
        else { fprintf(stderr, "foreign_install: what is '%s'?\n", word); return -1; }
    }
    if (own_stack) alternate_stack(ALT_STACK);
    is_called = !wanted.default_action && !wanted.ignore && !wanted.null_info;
    for (int i = 0; i < SIGNALS; i++) {
        struct sigaction act = { .sa_flags = wanted.flags };
        sigemptyset(&act.sa_mask);
        if (wanted.mask) { sigaddset(&act.sa_mask, SIGUSR2); sigaddset(&act.sa_mask, SIGALRM); }
        if (wanted.default_action) act.sa_handler = SIG_DFL;
        else if (wanted.ignore) act.sa_handler = SIG_IGN;
        else if (wanted.one) act.sa_handler = one_argument;
        else {
            act.sa_flags |= SA_SIGINFO;
            act.sa_sigaction = wanted.null_info ? NULL : wanted.chain ? chaining : three_arguments;
        }
        struct sigaction before;
        if (sigaction(signals[i], &act, &before)) return -1;
        if (before.sa_sigaction != act.sa_sigaction) older[signals[i]] = before;
    }
    return 0;
}

static const char *const causes[] = { "fault", "kill", "tgkill", "sigqueue", "raise", "fault-twice", "interrupted-read" };
enum { FAULT, KILL, TGKILL, SIGQUEUE, RAISE, FAULT_TWICE, INTERRUPTED_READ, CAUSES };

static char state_of(pid_t pid) {
    char name[64], text[512] = "";
    snprintf(name, sizeof name, "/proc/%d/stat", pid);
    FILE *file = fopen(name, "r");
    if (!file) return '?';
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    char *end = strrchr(text, ')');
    return end ? end[2] : '?';
}

// Another process interrupts a blocking read: SA_RESTART decides whether it notices.
static void interrupted_read(int signal) {
    int ends[2];
    char byte = 0;
    if (pipe(ends)) _exit(98);
    pid_t reader = getpid(), sender = fork();
    if (sender == 0) {
        for (int still = 0; still < ASLEEP; still = state_of(reader) == 'S' ? still + 1 : 0) usleep(100);
        kill(reader, signal);
        for (int i = 0; !shared->count && (is_called || i < IGNORED); i++) usleep(100);
        (void)!write(ends[1], "x", 1);
        _exit(0);
    }
    ssize_t got = read(ends[0], &byte, 1);
    shared->restarted = got == 1 ? 1 : errno == EINTR ? 2 : 3;
    int status;
    while (waitpid(sender, &status, 0) < 0 && errno == EINTR) { }
}

static void child(int signal, int cause) {
    errno = ERRNO;
    shared->red_zone = 1;
    switch (cause) {
    case FAULT_TWICE:
        shared->red_zone &= fault(signal);
        shared->red_zone &= fault(signal);
        break;
    case FAULT: shared->red_zone &= fault(signal); break;
    case KILL: kill(getpid(), signal); break;
    case TGKILL: syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), signal); break;
    case SIGQUEUE: sigqueue(getpid(), signal, (union sigval){ .sival_int = COOKIE }); break;
    case RAISE: raise(signal); break;
    case INTERRUPTED_READ: interrupted_read(signal); errno = ERRNO; break;
    }
    shared->errno_after = errno;
    shared->mask_after = current_mask();
    shared->resumed = 1;
    _exit(0);
}

static void print(const char *signal, int cause, int status, uint64_t mask_before) {
    printf("%s %s:", signal, causes[cause]);
    for (int i = 0; i < shared->count && i < MAX_SEEN; i++) {
        struct seen *s = &shared->seen[i];
        printf(" called(signal %d, %d arguments, %s stack, mask +%llx", s->signal, s->arguments, s->on_alternate ? "signal" : "interrupted",
            (unsigned long long)(s->mask & ~mask_before));
        if (s->arguments == 3) {
            printf(", code %d,%s%s%s%s%s saved mask %s", s->code, s->sender_is_me ? " sender me," : "", s->value_matches ? " value," : "",
                s->address_matches ? " address," : "", s->counter_matches ? " counter," : "",
                !s->on_alternate && !s->below_interrupted ? " NOT BELOW THE INTERRUPTED FRAME," : "",
                s->saved_mask == mask_before ? "same" : "other");
        }
        printf(")");
    }
    if (WIFSIGNALED(status)) printf(" killed by %d", WTERMSIG(status));
    else printf(" exit %d", WEXITSTATUS(status));
    if (shared->resumed) {
        printf(" resumed, errno %s, mask %s, red zone %s", shared->errno_after == ERRNO ? "kept" : "lost",
            shared->mask_after == mask_before ? "same" : "other", shared->red_zone ? "kept" : "lost");
        if (cause == INTERRUPTED_READ) printf(", read %s", shared->restarted == 1 ? "restarted" : shared->restarted == 2 ? "interrupted" : "failed");
    }
    printf("\n");
    fflush(stdout);
}

// Runs the whole matrix from where the caller stands: void (void*), so that a guest or a host thunk can call it too.
void foreign_run(void *unused) {
    (void)unused;
    uint64_t mask_before = current_mask();
    for (int i = 0; i < SIGNALS; i++) {
        for (int cause = 0; cause < CAUSES; cause++) {
            memset((void *)shared, 0, sizeof *shared);
            fflush(stdout);
            pid_t pid = fork();
            if (pid == 0) child(signals[i], cause);
            int status;
            while (waitpid(pid, &status, 0) < 0 && errno == EINTR) { }
            print(signal_names[i], cause, status, mask_before);
        }
    }
}

// For crash tests: one fault, here, in this process.
void foreign_fault(void *which) { (void)fault((int)(intptr_t)which); }
