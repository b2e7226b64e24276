// Writing arrays: the primes below 10 000 by crossing out, three hundred times in one table that is filled anew each time.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t count_primes(int64_t limit, int64_t rounds) {
    bool *prime = malloc(limit * sizeof *prime);
    int64_t count = 0;
    for (int64_t round = 0; round < rounds; round++) {
        for (int64_t i = 0; i < limit; i++) {
            prime[i] = true;
        }
        for (int64_t i = 2; i < limit; i++) {
            if (prime[i]) {
                count = count + 1;
                for (int64_t multiple = i * i; multiple < limit; multiple += i) {
                    prime[multiple] = false;
                }
            }
        }
    }
    free(prime);
    return count;
}

int main(void) {
    printf("%ld\n", (long)count_primes(10000, 300));
    return 0;
}
