// Reading arrays: fill one with 10000 numbers, then add them up many times.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t *filled(int64_t n) {
    int64_t *numbers = malloc(n * sizeof *numbers);
    for (int64_t i = 0; i < n; i++) {
        numbers[i] = (i * 7919) % 1009;
    }
    return numbers;
}

static int64_t total_of(const int64_t *numbers, int64_t n) {
    int64_t total = 0;
    for (int64_t i = 0; i < n; i++) {
        total = total + numbers[i];
    }
    return total;
}

static int64_t run(int64_t rounds) {
    int64_t *numbers = filled(10000);
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        total = total + total_of(numbers, 10000) + round;
    }
    free(numbers);
    return total;
}

int main(void) {
    printf("%ld\n", (long)run(1500));
    return 0;
}
