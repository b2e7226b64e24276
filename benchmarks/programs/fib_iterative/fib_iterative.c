// Local variables and additions: fib(70) + ... + fib(78), which every language here holds exactly, again and again.
#include <stdint.h>
#include <stdio.h>

static int64_t fib(int64_t n) {
    int64_t a = 0;
    int64_t b = 1;
    for (int64_t i = 0; i < n; i++) {
        int64_t following = a + b;
        a = b;
        b = following;
    }
    return a;
}

static int64_t run(int64_t rounds) {
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        total = (total + fib(70 + round % 9)) % 1000000007;
    }
    return total;
}

int main(void) {
    printf("%ld\n", (long)run(150000));
    return 0;
}
