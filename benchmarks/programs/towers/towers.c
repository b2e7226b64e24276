// Recursion over global arrays: the towers of Hanoi, each move checked.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { HEIGHT = 17 };

static int64_t piles[3 * HEIGHT];
static int64_t tops[3];
static int64_t moves;

static void set_up(void) {
    for (int64_t disk = HEIGHT; disk > 0; disk--) {
        piles[tops[0]] = disk;
        tops[0] = tops[0] + 1;
    }
}

static void move_disk(int64_t source, int64_t target) {
    tops[source] = tops[source] - 1;
    int64_t disk = piles[source * HEIGHT + tops[source]];
    if (tops[target] > 0) {
        if (piles[target * HEIGHT + tops[target] - 1] < disk) {
            fputs("a larger disk on a smaller one\n", stderr);
            exit(1);
        }
    }
    piles[target * HEIGHT + tops[target]] = disk;
    tops[target] = tops[target] + 1;
    moves = moves + 1;
}

static void move_pile(int64_t height, int64_t source, int64_t target, int64_t spare) {
    if (height == 1) {
        move_disk(source, target);
        return;
    }
    move_pile(height - 1, source, spare, target);
    move_disk(source, target);
    move_pile(height - 1, spare, target, source);
}

int main(void) {
    set_up();
    for (int round = 0; round < 5; round++) {
        move_pile(HEIGHT, 0, 1, 2);
        move_pile(HEIGHT, 1, 0, 2);
    }
    printf("%ld %ld %ld\n", (long)moves, (long)tops[0], (long)piles[0]);
    return 0;
}
