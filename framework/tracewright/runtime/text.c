/* The inner loops over texts that core/text.py declares: hashing, searching, comparing. */
#define _GNU_SOURCE
#include <string.h>
#include "internal.h"

static inline uint64_t mix(uint64_t value, uint64_t word) {
    unsigned __int128 product = (unsigned __int128)(value ^ word) * (uint64_t)TW_HASH_FACTOR;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* 1 to 7 bytes as the low bytes of a word; reads overlap rather than branch for each byte. */
static inline uint64_t short_word(const char *data, int64_t bytes) {
    if (bytes >= 4) return tw_load4_bytes(data) | (uint64_t)tw_load4_bytes(data + bytes - 4) << (8 * (bytes - 4));
    int64_t middle = bytes >> 1;
    return (uint64_t)(uint8_t)data[0] | (uint64_t)(uint8_t)data[middle] << (8 * middle) |
           (uint64_t)(uint8_t)data[bytes - 1] << (8 * (bytes - 1));
}

/* Eight bytes a step; what is missing in the last step counts as zero. hash_of_text in core/text.py says the same in Python. */
int64_t tw_compute_hash(int64_t text) {
    const char *data = tw_str_data(text);
    int64_t bytes = tw_str_bytes(text);
    int64_t rest = bytes & 7;
    const char *end = data + bytes;
    uint64_t value = (uint64_t)TW_HASH_START ^ (uint64_t)bytes;
    while (end - data >= 8) {
        value = mix(value, tw_load8_bytes(data));
        data += 8;
    }
    if (rest) value = mix(value, bytes >= 8 ? tw_load8_bytes(end - 8) >> (64 - 8 * rest) : short_word(data, rest));
    if (!value) value = 1; /* 0 in the header means that nobody has asked yet */
    TW_WORD(text, TW_STR_HASH) = (int64_t)value;
    return (int64_t)value;
}

static uint32_t code_at(int64_t text, int64_t index) {
    const char *data = tw_str_data(text);
    switch (tw_str_width(text)) {
    case 1: return ((const uint8_t *)data)[index];
    case 2: return ((const uint16_t *)data)[index];
    default: return ((const uint32_t *)data)[index];
    }
}

/* Where the widths differ; every code must fit the target. */
void tw_convert_codes(int64_t target, int64_t index, int64_t source, int64_t start, int64_t count) {
    char *data = (char *)tw_str_data(target);
    int64_t width = tw_str_width(target);
    for (int64_t i = 0; i < count; i++) {
        uint32_t code = code_at(source, start + i);
        if (width == 1) ((uint8_t *)data)[index + i] = (uint8_t)code;
        else if (width == 2) ((uint16_t *)data)[index + i] = (uint16_t)code;
        else ((uint32_t *)data)[index + i] = code;
    }
}

/* The first place between two of `data` where `wanted` stands, which is not empty; or -1. */
static int64_t find_part(const char *data, int64_t start, int64_t stop, const char *wanted, int64_t length) {
    const char *found;
    if (stop - start < length) return -1;
    if (length == 1) found = memchr(data + start, (unsigned char)wanted[0], (size_t)(stop - start));
    else found = memmem(data + start, (size_t)(stop - start), wanted, (size_t)length);
    return found ? found - data : -1;
}

int64_t tw_find_narrow(int64_t text, int64_t part, int64_t start, int64_t stop) {
    return find_part(tw_str_data(text), start, stop, tw_str_data(part), tw_str_length(part));
}

int64_t tw_find_bytes(int64_t data, int64_t part, int64_t start, int64_t stop) {
    return find_part(tw_bytes_data(data), start, stop, tw_bytes_data(part), TW_WORD(part, TW_BYTES_LENGTH));
}

/* The first eight bytes, zeros where there are fewer, as a number that compares as they do. */
static inline uint64_t first_bytes(const char *data, int64_t length) {
    return __builtin_bswap64(length >= 8 ? tw_load8_bytes(data) : length ? short_word(data, length) : 0);
}

int64_t tw_compare_narrow(int64_t a, int64_t b) {
    int64_t left = tw_str_length(a), right = tw_str_length(b), common = left < right ? left : right;
    uint64_t x = first_bytes(tw_str_data(a), left), y = first_bytes(tw_str_data(b), right);
    if (x != y) return x < y ? -1 : 1;
    if (common > 8) {
        int order = memcmp(tw_str_data(a) + 8, tw_str_data(b) + 8, (size_t)(common - 8));
        if (order) return order < 0 ? -1 : 1;
    }
    return left < right ? -1 : left > right;
}

/* The high bit of the bytes that are zero: of the lowest such byte for sure, of others perhaps. */
static inline uint64_t zero_bytes(uint64_t word) { return (word - 0x0101010101010101u) & ~word & 0x8080808080808080u; }

/* The high bit of the bytes that may be escaped: of the lowest such byte for sure, of others perhaps. */
static inline uint64_t escaped_bytes(uint64_t word) {
    uint64_t high = 0x8080808080808080u, control = (word - 0x2020202020202020u) & ~word & high;
    return control | zero_bytes(word ^ 0x2222222222222222u) | zero_bytes(word ^ 0x5C5C5C5C5C5C5C5Cu) |
           zero_bytes(word ^ 0x7F7F7F7F7F7F7F7Fu) | (word & high);
}

int64_t tw_find_escaped_narrow(int64_t text, int64_t start, int64_t stop) {
    const char *data = tw_str_data(text);
    uint64_t found;
    for (; start + 8 <= stop; start += 8)
        if ((found = escaped_bytes(tw_load8_bytes(data + start)))) return start + (__builtin_ctzll(found) >> 3);
    if (start >= stop) return start;
    /* What is left, with spaces behind it. */
    found = escaped_bytes(short_word(data + start, stop - start) | 0x2020202020202020u << 8 * (stop - start));
    return found ? start + (__builtin_ctzll(found) >> 3) : stop;
}

/* How many bytes at the beginning are below 128, by words. */
static int64_t ascii_bytes(const char *data, int64_t count) {
    int64_t place = 0;
    while (place + 8 <= count && !(tw_load8_bytes(data + place) & 0x8080808080808080u)) place += 8;
    while (place < count && !(data[place] & 0x80)) place++;
    return place;
}

int64_t tw_is_ascii_text(int64_t text) {
    return tw_str_width(text) == 1 && ascii_bytes(tw_str_data(text), tw_str_length(text)) == tw_str_length(text);
}

int64_t tw_ascii_prefix(int64_t bytes) { return ascii_bytes(tw_bytes_data(bytes), TW_WORD(bytes, TW_BYTES_LENGTH)); }
