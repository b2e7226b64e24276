// Floats in local variables: how many steps the points of a 400 x 400 grid take to escape, 60 at most.
#include <stdint.h>
#include <stdio.h>

static void run(int64_t size) {
    int64_t steps = 0;
    int64_t inside = 0;
    for (int64_t row = 0; row < size; row++) {
        double ci = 2.0 * row / size - 1.0;
        for (int64_t column = 0; column < size; column++) {
            double cr = 3.0 * column / size - 2.0;
            double zr = 0.0;
            double zi = 0.0;
            int64_t step = 0;
            while (step < 60 && zr * zr + zi * zi < 4.0) {
                double following = zr * zr - zi * zi + cr;
                zi = 2.0 * zr * zi + ci;
                zr = following;
                step = step + 1;
            }
            steps = steps + step;
            if (step == 60) {
                inside = inside + 1;
            }
        }
    }
    printf("%ld %ld\n", (long)steps, (long)inside);
}

int main(void) {
    run(400);
    return 0;
}
