/* Twelve branches that nothing predicts in each turn; both sides add a constant. */
long run(void)
{
    long seed = 42, total = 0;
    for (long i = 0; i < 200000; i++) {
        seed = seed * 16807 % 2147483647;
        long bits = seed;
        if (bits % 2 == 0) total += 1; else total += 2;
        bits /= 2;
        if (bits % 2 == 0) total += 3; else total += 4;
        bits /= 2;
        if (bits % 2 == 0) total += 5; else total += 6;
        bits /= 2;
        if (bits % 2 == 0) total += 7; else total += 8;
        bits /= 2;
        if (bits % 2 == 0) total += 9; else total += 10;
        bits /= 2;
        if (bits % 2 == 0) total += 11; else total += 12;
        bits /= 2;
        if (bits % 2 == 0) total += 13; else total += 14;
        bits /= 2;
        if (bits % 2 == 0) total += 15; else total += 16;
        bits /= 2;
        if (bits % 2 == 0) total += 17; else total += 18;
        bits /= 2;
        if (bits % 2 == 0) total += 19; else total += 20;
        bits /= 2;
        if (bits % 2 == 0) total += 21; else total += 22;
        bits /= 2;
        if (bits % 2 == 0) total += 23; else total += 24;
    }
    return total;
}
