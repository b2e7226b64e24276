/* The C functions that traces of the tests call. */
#include <stdint.h>

#define MACHINE_FUNCTIONS(ROW) \
    ROW(add_words), ROW(add_doubles), ROW(many_words), ROW(mixed), ROW(store_word), ROW(spoil), ROW(aligned)

int64_t add_words(int64_t a, int64_t b) { return a + b; }
double add_doubles(double a, double b) { return a + b; }
int64_t many_words(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f, int64_t g, int64_t h, int64_t i) {
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i;
}
double mixed(int64_t a, double b, int64_t c, double d, int64_t e, double f, int64_t g, double h, int64_t i, double j,
             int64_t k, double l, int64_t m, double n, int64_t o, double p, int64_t q, double r, double s, double t) {
    int64_t words[] = {a, c, e, g, i, k, m, o, q};
    double doubles[] = {b, d, f, h, j, l, n, p, r, s, t};
    double sum = 0;
    for (int x = 0; x < 9; x++) sum += (x + 1) * (double)words[x];
    for (int x = 0; x < 11; x++) sum += (x + 1) * 1000.0 * doubles[x];
    return sum;
}
void store_word(int64_t *at, int64_t value) { *at = value; }

/* Spoils every register that a C function may spoil. */
int64_t spoil(int64_t a) {
#if defined(__x86_64__)
    __asm__ volatile("mov $-1, %%rcx; mov $-1, %%rdx; mov $-1, %%rsi; mov $-1, %%rdi; mov $-1, %%r8; mov $-1, %%r9;"
        "mov $-1, %%r10; mov $-1, %%r11; pcmpeqd %%xmm0, %%xmm0; pcmpeqd %%xmm1, %%xmm1; pcmpeqd %%xmm2, %%xmm2;"
        "pcmpeqd %%xmm3, %%xmm3; pcmpeqd %%xmm4, %%xmm4; pcmpeqd %%xmm5, %%xmm5; pcmpeqd %%xmm6, %%xmm6;"
        "pcmpeqd %%xmm7, %%xmm7; pcmpeqd %%xmm8, %%xmm8; pcmpeqd %%xmm9, %%xmm9; pcmpeqd %%xmm10, %%xmm10;"
        "pcmpeqd %%xmm11, %%xmm11; pcmpeqd %%xmm12, %%xmm12; pcmpeqd %%xmm13, %%xmm13; pcmpeqd %%xmm14, %%xmm14;"
        "pcmpeqd %%xmm15, %%xmm15" ::: "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2",
        "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
#elif defined(__aarch64__)
#define WORD(n) "mov x" #n ", -1;"
#define DOUBLE(n) "movi v" #n ".16b, 255;"
    /* Of d8 to d15 the caller's halves are kept, so only what lies above them may be spoiled. */
#define UPPER(n) "mov v" #n ".d[1], x1;"
    __asm__ volatile(WORD(1) WORD(2) WORD(3) WORD(4) WORD(5) WORD(6) WORD(7) WORD(8) WORD(9) WORD(10) WORD(11) WORD(12) WORD(13)
        WORD(14) WORD(15) WORD(16) WORD(17) DOUBLE(0) DOUBLE(1) DOUBLE(2) DOUBLE(3) DOUBLE(4) DOUBLE(5) DOUBLE(6) DOUBLE(7)
        UPPER(8) UPPER(9) UPPER(10) UPPER(11) UPPER(12) UPPER(13) UPPER(14) UPPER(15) DOUBLE(16) DOUBLE(17) DOUBLE(18) DOUBLE(19)
        DOUBLE(20) DOUBLE(21) DOUBLE(22) DOUBLE(23) DOUBLE(24) DOUBLE(25) DOUBLE(26) DOUBLE(27) DOUBLE(28) DOUBLE(29) DOUBLE(30)
        DOUBLE(31) ::: "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17",
        "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25", "v26",
        "v27", "v28", "v29", "v30", "v31");
#elif defined(__riscv)
#define WORD(n) "li x" #n ", -1;"
    __asm__ volatile(WORD(5) WORD(6) WORD(7) WORD(11) WORD(12) WORD(13) WORD(14) WORD(15) WORD(16) WORD(17) WORD(28) WORD(29) WORD(30)
        WORD(31) ::: "x5", "x6", "x7", "x11", "x12", "x13", "x14", "x15", "x16", "x17", "x28", "x29", "x30", "x31");
#else
#error "which registers may a C function spoil here?"
#endif
    return a * 3;
}

/* 1 if the stack is aligned as the convention wants. */
int64_t aligned(void) { return (int64_t)__builtin_frame_address(0) % 16 == 0; }
