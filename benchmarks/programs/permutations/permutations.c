// Arrays that change in place, with branches: all permutations of 9 things, each an exchange from the last, three times.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void run(int64_t n) {
    int64_t *order = malloc(n * sizeof *order);
    int64_t *turns = malloc(n * sizeof *turns);
    for (int64_t i = 0; i < n; i++) {
        order[i] = i;
        turns[i] = 0;
    }
    int64_t count = 1;
    int64_t checksum = 0;
    int64_t i = 0;
    while (i < n) {
        if (turns[i] < i) {
            int64_t other = 0;
            if (i % 2 == 1) {
                other = turns[i];
            }
            int64_t moved = order[other];
            order[other] = order[i];
            order[i] = moved;
            count = count + 1;
            checksum = (checksum * 3 + order[0] * n + order[n - 1]) % 1000003;
            turns[i] = turns[i] + 1;
            i = 0;
        } else {
            turns[i] = 0;
            i = i + 1;
        }
    }
    free(order);
    free(turns);
    printf("%ld %ld\n", (long)count, (long)checksum);
}

int main(void) {
    run(9);
    run(9);
    run(9);
    return 0;
}
