// Writing arrays: the primes below 10 000 by crossing out, three hundred times (a table that fits the caches).
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t count_primes(int64_t limit) {
    bool *prime = malloc(limit * sizeof *prime);
    for (int64_t i = 0; i < limit; i++) {
        prime[i] = true;
    }
    int64_t count = 0;
    for (int64_t i = 2; i < limit; i++) {
        if (prime[i]) {
            count = count + 1;
            for (int64_t multiple = i * i; multiple < limit; multiple += i) {
                prime[multiple] = false;
            }
        }
    }
    free(prime);
    return count;
}

int main(void) {
    int64_t total = 0;
    for (int round = 0; round < 300; round++) {
        total += count_primes(10000);
    }
    printf("%ld\n", (long)total);
    return 0;
}
