// Starts a program with dispositions that it inherits over execve: launcher ignore|default program arguments...
#include <signal.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **words) {
    if (count < 3) return 2;
    int all[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE };
    for (int i = 0; i < 4; i++) {
        struct sigaction act = { .sa_flags = SA_SIGINFO | SA_ONSTACK };
        if (!strcmp(words[1], "ignore")) { act.sa_handler = SIG_IGN; act.sa_flags = 0; }
        sigaction(all[i], &act, 0);
    }
    execvp(words[2], words + 2);
    return 3;
}
