// Methods on small records: a walk over points, each step making new ones.
#include <stdint.h>
#include <stdio.h>

typedef struct {
    int64_t x;
    int64_t y;
} Point;

static Point plus(Point self, Point other) {
    return (Point){self.x + other.x, self.y + other.y};
}

static Point scaled(Point self, int64_t factor) {
    return (Point){self.x * factor, self.y * factor};
}

static Point wrapped(Point self, int64_t size) {
    return (Point){self.x % size, self.y % size};
}

static int64_t distance(Point self, Point other) {
    return (self.x - other.x) * (self.x - other.x) + (self.y - other.y) * (self.y - other.y);
}

static int64_t run(int64_t n) {
    Point origin = {0, 0};
    Point step = {3, 7};
    Point place = origin;
    int64_t total = 0;
    for (int64_t i = 0; i < n; i++) {
        place = wrapped(plus(place, scaled(step, i % 5)), 1000);
        total = total + distance(place, origin) % 1013;
    }
    return total;
}

int main(void) {
    printf("%ld\n", (long)run(500000));
    return 0;
}
