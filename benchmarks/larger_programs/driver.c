
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int count, char **arguments)
{
    (void)count;
    for (int round = 0; round < atoi(arguments[1]); round++) {
        struct timespec started, ended;
        clock_gettime(CLOCK_MONOTONIC, &started);
        long answer = run();
        clock_gettime(CLOCK_MONOTONIC, &ended);
        double spent = (ended.tv_sec - started.tv_sec) * 1e3 + (ended.tv_nsec - started.tv_nsec) / 1e6;
        printf("round %.6f %ld\n", spent, answer);
    }
    return 0;
}
