/* Arithmetic of checked builds: what would wrap stops the program and says where. `place` is a bytes object. */
#include "tracewright.h"

#include <stdio.h>

static _Noreturn void overflowed(int64_t place) {
    char text[512];
    snprintf(text, sizeof text, "integer overflow at %s", (const char *)(place + TW_BYTES_DATA));
    tw_internal_error(text);
}

int64_t tw_checked_add(int64_t a, int64_t b, int64_t place) {
    int64_t result;
    if (TW_UNLIKELY(__builtin_add_overflow(a, b, &result))) overflowed(place);
    return result;
}

int64_t tw_checked_sub(int64_t a, int64_t b, int64_t place) {
    int64_t result;
    if (TW_UNLIKELY(__builtin_sub_overflow(a, b, &result))) overflowed(place);
    return result;
}

int64_t tw_checked_mul(int64_t a, int64_t b, int64_t place) {
    int64_t result;
    if (TW_UNLIKELY(__builtin_mul_overflow(a, b, &result))) overflowed(place);
    return result;
}

/* A count outside of 0..63 is wrong as well. */
int64_t tw_checked_lshift(int64_t a, int64_t count, int64_t place) {
    if (TW_UNLIKELY(count < 0 || count > 63)) overflowed(place);
    int64_t result = (int64_t)((uint64_t)a << count);
    if (TW_UNLIKELY(result >> count != a)) overflowed(place);
    return result;
}
