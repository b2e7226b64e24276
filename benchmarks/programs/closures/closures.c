// Function values that remember: adders made once and called in turn, counters made in the loop. In C: code and data by hand.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Closure Closure;

struct Closure {
    int64_t (*code)(Closure *self, int64_t argument);
    int64_t captured;
};

static Closure *make(int64_t (*code)(Closure *, int64_t), int64_t captured) {
    Closure *closure = malloc(sizeof *closure);
    closure->code = code;
    closure->captured = captured;
    return closure;
}

static int64_t add(Closure *self, int64_t x) {
    return (x + self->captured) % 65536;
}

static int64_t count(Closure *self, int64_t unused) {
    (void)unused;
    self->captured = self->captured + 1;
    return self->captured;
}

static int64_t run(int64_t n) {
    Closure *adders[4] = {make(add, 1), make(add, 20), make(add, 300), make(add, 4000)};
    int64_t total = 0;
    for (int64_t i = 0; i < n; i++) {
        Closure *adder = adders[i % 4];
        total = adder->code(adder, total);
        Closure *counter = make(count, i);
        counter->code(counter, 0);
        total = total + counter->code(counter, 0) % 3;
        free(counter);
    }
    return total;
}

int main(void) {
    printf("%ld\n", (long)run(1200000));
    return 0;
}
