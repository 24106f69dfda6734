/* A plug-in that is inside the allocator about half of the time. What it holds stands in its state, so that an interrupted call leaks one
 * block at most. */
#include <stddef.h>
#include <stdlib.h>

enum { SLOTS = 64, SMALLEST = 2000, SPREAD = 4000, OWN_WORK = 64 };

struct churn {
    void *volatile slots[SLOTS];
    volatile unsigned long random;
};

void churn(struct churn *state)
{
    for (;;) {
        unsigned long random = state->random + 88172645463325252UL;

        for (int i = 0; i < OWN_WORK; i++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
        }
        state->random = random;

        size_t slot = random % SLOTS;
        void *old = state->slots[slot];
        state->slots[slot] = NULL;
        free(old);
        state->slots[slot] = malloc(SMALLEST + (random >> 8) % SPREAD);
    }
}
