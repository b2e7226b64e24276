/* What every translated module includes: the helpers that core/operations.py and the C emitter mention.
 *
 * Every dialect value is one word: int64_t (ints, bools, addresses, references, Values) or double. Objects are laid out
 * as translate/flow/types.py says; the numbers in capitals come from tracewright_constants.h, which the build writes
 * from the Python modules that own them. */
#ifndef TRACEWRIGHT_H
#define TRACEWRIGHT_H

#include <math.h>
#include <stdint.h>
#include <string.h>
#include "tracewright_constants.h"

#define TW_LIKELY(x) __builtin_expect(!!(x), 1)
#define TW_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define TW_FORGET(x) __asm__("" : "+r"(x)) /* the compiler no longer knows how the variable was computed */
#define TW_COLD __attribute__((cold, noinline))
#define TW_WORD(p, offset) (*(int64_t *)((p) + (offset)))
#define TW_DOUBLE(p, offset) (*(double *)((p) + (offset)))
#define TW_ITEM(p, index) (((int64_t *)((p) + TW_ARRAY_ITEMS))[index])
#define TW_ITEM_DOUBLE(p, index) (((double *)((p) + TW_ARRAY_ITEMS))[index])
#define TW_ITEM_BYTE(p, index) (((uint8_t *)((p) + TW_BYTES_DATA))[index])
#define TW_ADDRESS(symbol) ((int64_t)(uintptr_t)(symbol))
/* What is read and written by its address alone may lie anywhere: the constants in machine code do. */
typedef uint16_t __attribute__((aligned(1))) tw_uint16;
typedef uint32_t __attribute__((aligned(1))) tw_uint32;
typedef int64_t __attribute__((aligned(1))) tw_int64;

/* --- state ----------------------------------------------------------------------------------------------------------- */
extern int64_t tw_exception;      /* the raised exception object; 0: none is pending */
extern const char *tw_raised_at;  /* where in the language's source the last exception was raised, ... */
extern int64_t tw_raised_error;   /* ... and which that was */
#define TW_RAISED_AT(place, error) (tw_raised_at = (place), tw_raised_error = (error))
/* A call of the framework leaves an exception: raised there, or by code of the language that was called from there. */
#define TW_RAISED_BELOW(place) ((void)(tw_raised_error != tw_exception && TW_RAISED_AT(place, tw_exception)))
extern int64_t tw_interrupted;    /* nonzero: a KeyboardInterrupt or MemoryError waits for the next poll */
extern uintptr_t tw_stack_limit;  /* recursive functions raise RecursionError when their frame lies below it */
extern int64_t tw_cursors[TW_SIZE_CLASSES]; /* per size class: next free cell ... */
extern int64_t tw_limits[TW_SIZE_CLASSES];  /* ... and where the run of free, zeroed cells ends */
extern const int64_t tw_cell_sizes[TW_SIZE_CLASSES];
extern const uint8_t tw_class_of_granules[]; /* size class of a size in granules, up to TW_LARGEST_SMALL */

/* One row per class id, for the collector and for messages; data.s holds the table. */
struct tw_class {
    int64_t shape;      /* TW_SHAPE_...: how the collector reads the body */
    int64_t size;       /* bytes of the fixed part, header included */
    int64_t references; /* bit n: the word at 8 + 8 * n may be a reference (64 or more words: address of such bits) */
    const char *name;
};
extern const struct tw_class tw_classes[];
extern const int64_t tw_class_count;

/* Prebuilt exceptions, and the layouts that C code fills in; 0 where the program does not have the class. */
extern const int64_t tw_recursion_error, tw_memory_error, tw_keyboard_interrupt, tw_overflow_error;
extern const int64_t tw_os_error_class, tw_os_error_size, tw_os_error_errno_offset, tw_exception_message_offset;

/* --- exceptions and polls -------------------------------------------------------------------------------------------- */
void tw_raise_overflow(void) TW_COLD;
void tw_raise_memory(void) TW_COLD;
void tw_raise_os_error(int number) TW_COLD;
int64_t tw_stack_check_failed(void) TW_COLD; /* 1: RecursionError, or the interrupt that was waiting; 0: go on */
void tw_poll(void) TW_COLD;               /* raises what tw_interrupted announces */
int64_t tw_take_exception(void);          /* the pending exception, which is then no longer pending */
void tw_missing_method(void) __attribute__((cold, noinline, noreturn));
void tw_internal_error(const char *message) __attribute__((cold, noinline, noreturn));

/* The stack pointer, without the frame pointer that asking for the frame's address would force on the function. */
#if defined(__x86_64__)
register uintptr_t tw_stack_pointer __asm__("rsp");
#elif defined(__aarch64__)
register uintptr_t tw_stack_pointer __asm__("sp");
#endif

/* --- memory ---------------------------------------------------------------------------------------------------------- */
int64_t tw_allocate_slow(int64_t size_class) __attribute__((noinline)); /* one zeroed cell; may collect; never fails */
int64_t tw_allocate_counted_slow(int64_t size_class) __attribute__((noinline)); /* 0 with MemoryError pending when over the limit */
int64_t tw_allocate_large(int64_t bytes) __attribute__((noinline)); /* zeroed; 0 with MemoryError pending on failure */
int64_t tw_new_stack_cells(int64_t limit);
int64_t tw_stack_slots(int64_t cells);
int64_t tw_box_int(int64_t number) __attribute__((noinline));
int64_t tw_new_str(int64_t width, int64_t length);
int64_t tw_new_bytes(int64_t length);
int64_t tw_bytes_of(const char *data, int64_t length);

void tw_remember(int64_t object) TW_COLD; /* an old object refers to something that may be new */
void tw_remember_item(int64_t place) TW_COLD; /* the same, of the item there */
void tw_remember_items(int64_t start, int64_t stop, int64_t source) TW_COLD;
extern const int64_t tw_cards; /* gc/cards.py: of an address the byte at tw_cards + (address >> TW_CARD_SHIFT) */

/* After, or before, a reference is stored into an object of the heap or of the static data (gc/header.py). */
static inline int tw_is_old(int64_t object) { return *(uint8_t *)(object + TW_AGE) & TW_OLD; }
static inline void tw_store_reference(int64_t object, int64_t *place, int64_t word) {
    *place = word;
    if (TW_UNLIKELY(tw_is_old(object))) tw_remember(object);
}
/* Into an array, or anywhere else by its address. */
static inline void tw_write_barrier_at(int64_t object, int64_t place) {
    if (TW_UNLIKELY(tw_is_old(object)) && !*(uint8_t *)(tw_cards + (place >> TW_CARD_SHIFT))) tw_remember_item(place);
}
static inline void tw_store_item(int64_t object, int64_t *place, int64_t word) {
    *place = word;
    tw_write_barrier_at(object, TW_ADDRESS(place));
}
static inline void tw_write_barrier_range(int64_t object, int64_t start, int64_t stop, int64_t source) {
    if (TW_UNLIKELY(tw_is_old(object)) && start < stop) tw_remember_items(start, stop, source);
}

static inline int64_t tw_allocate(int64_t size_class, int64_t cell_size) {
    int64_t cell = tw_cursors[size_class];
    int64_t next = cell + cell_size;
    if (TW_UNLIKELY(next > tw_limits[size_class])) return tw_allocate_slow(size_class);
    tw_cursors[size_class] = next;
    return cell;
}

static inline int64_t tw_new_object(int64_t class_id, int64_t size_class, int64_t cell_size) {
    int64_t object = tw_allocate(size_class, cell_size);
    *(int64_t *)object = class_id;
    return object;
}

/* An object with a counted body: arrays, bytes, str. `bytes` is the whole size; the length goes to offset 8. Gives 0 with
 * MemoryError pending where there is no room. */
static inline int64_t tw_new_counted(int64_t class_id, int64_t length, int64_t bytes) {
    int64_t object, header = class_id;
    if (TW_LIKELY(bytes <= TW_LARGEST_SMALL)) {
        int64_t size_class = tw_class_of_granules[(uint64_t)(bytes + TW_GRANULE - 1) / TW_GRANULE];
        int64_t next;
        object = tw_cursors[size_class];
        next = object + tw_cell_sizes[size_class];
        if (TW_LIKELY(next <= tw_limits[size_class])) tw_cursors[size_class] = next;
        else object = tw_allocate_counted_slow(size_class);
    } else {
        object = tw_allocate_large(bytes);
        if (tw_classes[class_id].shape == TW_SHAPE_REFERENCES) header |= (int64_t)TW_CARDED << (8 * TW_AGE);
    }
    if (TW_UNLIKELY(!object)) return 0;
    TW_WORD(object, 0) = header;
    TW_WORD(object, 8) = length;
    return object;
}

static inline int64_t tw_new_array(int64_t class_id, int64_t length) {
    if (TW_UNLIKELY((uint64_t)length > (uint64_t)TW_LARGEST_LENGTH)) {
        tw_raise_memory();
        return 0;
    }
    return tw_new_counted(class_id, length, TW_ARRAY_ITEMS + 8 * length);
}

/* Arrays without elements need not be told apart, so there is one per class: nearly every list begins with one. */
extern const int64_t tw_empty_arrays[]; /* header and length, by class id */
static inline int64_t tw_empty_array(int64_t class_id) { return TW_ADDRESS(tw_empty_arrays) + 2 * 8 * class_id; }

/* --- words ----------------------------------------------------------------------------------------------------------- */
static inline int64_t tw_lshift(int64_t a, int64_t n) { return (int64_t)((uint64_t)a << (n & 63)); }
static inline int64_t tw_urshift(int64_t a, int64_t n) { return (int64_t)((uint64_t)a >> (n & 63)); }
/* The smallest int divided by -1 wraps (the machine instruction would trap). */
static inline int64_t tw_trunc_div(int64_t a, int64_t b) { return b == -1 ? -a : a / b; }
static inline int64_t tw_trunc_mod(int64_t a, int64_t b) { return b == -1 ? 0 : a % b; }
static inline int64_t tw_udiv(int64_t a, int64_t b) { return (int64_t)((uint64_t)a / (uint64_t)b); }
static inline int64_t tw_umod(int64_t a, int64_t b) { return (int64_t)((uint64_t)a % (uint64_t)b); }
static inline int64_t tw_umul_high(int64_t a, int64_t b) {
    return (int64_t)(((unsigned __int128)(uint64_t)a * (uint64_t)b) >> 64);
}
static inline int64_t tw_clz(int64_t a) { return a ? __builtin_clzll((uint64_t)a) : 64; }
static inline int64_t tw_ctz(int64_t a) { return a ? __builtin_ctzll((uint64_t)a) : 64; }

/* --- doubles --------------------------------------------------------------------------------------------------------- */
static inline int64_t tw_float_to_int(double a) {
    return a >= -9223372036854775808.0 && a < 9223372036854775808.0 ? (int64_t)a : INT64_MIN;
}
static inline int64_t tw_float_bits(double a) { int64_t w; memcpy(&w, &a, 8); return w; }
static inline double tw_bits_float(int64_t w) { double a; memcpy(&a, &w, 8); return a; }
static inline int64_t tw_is_nan(double a) { return a != a; }
static inline int64_t tw_is_infinite(double a) { return __builtin_isinf(a) != 0; }

/* --- Values (core/value.py draws the encoding) ----------------------------------------------------------------------- */
static inline int64_t tw_class_of(int64_t object) { return *(uint32_t *)object; }
static inline int64_t tw_instance_of(int64_t object, int64_t first, int64_t last) {
    return (uint64_t)(tw_class_of(object) - first) <= (uint64_t)(last - first);
}
static inline int64_t tw_is_within(int64_t object, int64_t first, int64_t span) {
    return (uint64_t)(tw_class_of(object) - first) <= (uint64_t)span;
}
static inline int64_t tw_value_is_ref(int64_t w) {
    return (uint64_t)w - TW_FIRST_POINTER < ((uint64_t)1 << 48) - TW_FIRST_POINTER;
}
static inline int64_t tw_value_is_small(int64_t w) { return (uint64_t)w >= (uint64_t)TW_INT_TAG; }
static inline int64_t tw_value_small(int64_t w) {
    return (int64_t)((uint64_t)w << (64 - TW_SMALL_INT_BITS)) >> (64 - TW_SMALL_INT_BITS);
}
static inline int64_t tw_value_is_float(int64_t w) {
    return (uint64_t)w - (uint64_t)TW_DOUBLE_OFFSET < (uint64_t)TW_INT_TAG - (uint64_t)TW_DOUBLE_OFFSET;
}
static inline double tw_value_float(int64_t w) { return tw_bits_float(w - TW_DOUBLE_OFFSET); }
static inline int64_t tw_value_of_float(double a) {
    return (TW_LIKELY(a == a) ? tw_float_bits(a) : TW_CANONICAL_NAN) + TW_DOUBLE_OFFSET;
}
static inline int64_t tw_value_of_small(int64_t i) { return i | TW_INT_TAG; /* a run of one bits from the sign bit upward */ }
static inline int64_t tw_value_of_int(int64_t i) {
    if (TW_LIKELY((uint64_t)i + ((uint64_t)1 << (TW_SMALL_INT_BITS - 1)) < (uint64_t)1 << TW_SMALL_INT_BITS))
        return tw_value_of_small(i);
    return tw_box_int(i);
}
static inline int64_t tw_value_as_int(int64_t w) {
    return TW_LIKELY(tw_value_is_small(w)) ? tw_value_small(w) : TW_WORD(w, TW_BOXED_INT);
}
static inline int64_t tw_value_is_int(int64_t w) {
    return TW_LIKELY(tw_value_is_small(w)) || (tw_value_is_ref(w) && tw_class_of(w) == TW_BOXED_INT_CLASS);
}
static inline int64_t tw_value_is_object(int64_t w) {
    return tw_value_is_ref(w) && tw_class_of(w) != TW_BOXED_INT_CLASS;
}

/* --- parts of instruction words (translate/emit_c/operand_places.py) --------------------------------------------------- */
static inline int64_t tw_byte_at(int64_t place, int64_t offset) { return *(uint8_t *)(place + offset); }
static inline int64_t tw_half_at(int64_t place, int64_t offset) {
    uint16_t half;
    memcpy(&half, (const void *)(place + offset), 2);
    return half;
}
/* Which item of the array lies there (translate/emit_c/instruction_pointer.py). */
static inline int64_t tw_item_number(int64_t array, int64_t place) { return (place - array - TW_ARRAY_ITEMS) >> 3; }

/* --- objects --------------------------------------------------------------------------------------------------------- */
static inline int64_t tw_array_length(int64_t array) { return TW_WORD(array, TW_ARRAY_LENGTH); }
static inline int64_t *tw_slots(int64_t stack) { return (int64_t *)TW_WORD(stack, TW_STACK_CELLS); }
/* Bytes of a bytes object; a zero byte follows them, so this is a C string too. */
static inline char *tw_bytes_data(int64_t bytes) { return (char *)(bytes + TW_BYTES_DATA); }

/* --- copying and comparing memory: short pieces without a call ------------------------------------------------------- */
static inline uint64_t tw_load8_bytes(const char *p) { uint64_t w; memcpy(&w, p, 8); return w; }
static inline uint32_t tw_load4_bytes(const char *p) { uint32_t w; memcpy(&w, p, 4); return w; }

static inline void tw_copy_memory(int64_t target, int64_t source, int64_t count) {
    char *to = (char *)target;
    const char *from = (const char *)source;
    if (__builtin_constant_p(count) || TW_UNLIKELY(count > 16)) {
        memmove(to, from, (size_t)count);
    } else if (count >= 8) { /* two halves that overlap where count < 16; both are read before either is written */
        uint64_t first = tw_load8_bytes(from), last = tw_load8_bytes(from + count - 8);
        memcpy(to, &first, 8);
        memcpy(to + count - 8, &last, 8);
    } else if (count >= 4) {
        uint32_t first = tw_load4_bytes(from), last = tw_load4_bytes(from + count - 4);
        memcpy(to, &first, 4);
        memcpy(to + count - 4, &last, 4);
    } else if (count > 0) {
        char first = from[0], middle = from[count >> 1], last = from[count - 1];
        to[0] = first;
        to[count >> 1] = middle;
        to[count - 1] = last;
    }
}

static inline int64_t tw_same_memory(const char *a, const char *b, int64_t count) {
    if (count > 16) return tw_load8_bytes(a) == tw_load8_bytes(b) && !memcmp(a + 8, b + 8, (size_t)(count - 8));
    if (count >= 8)
        return tw_load8_bytes(a) == tw_load8_bytes(b) && tw_load8_bytes(a + count - 8) == tw_load8_bytes(b + count - 8);
    if (count >= 4)
        return tw_load4_bytes(a) == tw_load4_bytes(b) && tw_load4_bytes(a + count - 4) == tw_load4_bytes(b + count - 4);
    return count == 0 || (a[0] == b[0] && a[count >> 1] == b[count >> 1] && a[count - 1] == b[count - 1]);
}

#ifdef TW_ADDRESS_SANITIZER
void tw_zero_memory(int64_t target, int64_t count); /* sanitizer.c */
#else
static inline void tw_zero_memory(int64_t target, int64_t count) { memset((void *)target, 0, (size_t)count); }
#endif
static inline void tw_prefetch(int64_t address) { __builtin_prefetch((const void *)address); }

/* --- texts (core/text.py) -------------------------------------------------------------------------------------------- */
static inline int64_t tw_str_width(int64_t text) { return *(uint32_t *)(text + TW_STR_WIDTH); }
static inline const char *tw_str_data(int64_t text) { return (const char *)(text + TW_STR_DATA); }
static inline int64_t tw_str_length(int64_t text) { return TW_WORD(text, TW_STR_LENGTH); }
static inline int64_t tw_str_bytes(int64_t text) { return tw_str_length(text) * tw_str_width(text); }
int64_t tw_compute_hash(int64_t text);

static inline int64_t tw_hash_of_text(int64_t text) {
    int64_t known = TW_WORD(text, TW_STR_HASH);
    return TW_LIKELY(known) ? known : tw_compute_hash(text);
}
/* Equal texts have equal widths: the smallest that fits. */
static inline int64_t tw_same_text(int64_t a, int64_t b) {
    if (a == b) return 1;
    return tw_str_length(a) == tw_str_length(b) && tw_str_width(a) == tw_str_width(b) &&
           tw_same_memory(tw_str_data(a), tw_str_data(b), tw_str_bytes(a));
}
static inline int64_t tw_same_range(int64_t text, int64_t start, int64_t part) {
    return tw_same_memory(tw_str_data(text) + start * tw_str_width(text), tw_str_data(part), tw_str_bytes(part));
}
void tw_convert_codes(int64_t target, int64_t index, int64_t source, int64_t start, int64_t count);
static inline void tw_copy_codes(int64_t target, int64_t index, int64_t source, int64_t start, int64_t count) {
    int64_t width = tw_str_width(source);
    if (TW_LIKELY(tw_str_width(target) == width))
        tw_copy_memory(target + TW_STR_DATA + width * index, source + TW_STR_DATA + width * start, width * count);
    else
        tw_convert_codes(target, index, source, start, count);
}
int64_t tw_find_narrow(int64_t text, int64_t part, int64_t start, int64_t stop);
int64_t tw_find_bytes(int64_t data, int64_t part, int64_t start, int64_t stop);
int64_t tw_compare_narrow(int64_t a, int64_t b);
int64_t tw_find_escaped_narrow(int64_t text, int64_t start, int64_t stop);
int64_t tw_is_ascii_text(int64_t text);
int64_t tw_ascii_prefix(int64_t bytes);
static inline int64_t tw_same_bytes(int64_t bytes, int64_t start, int64_t part) {
    return tw_same_memory(tw_bytes_data(bytes) + start, tw_bytes_data(part), TW_WORD(part, TW_BYTES_LENGTH));
}

/* --- the JIT's counters (hints.JitCell) ------------------------------------------------------------------------------ */
/* Count a visit; whether the JIT must be asked (no cell yet, or counted down). */
static inline int64_t tw_count_down(int64_t cell, int64_t counter_offset) {
    return TW_UNLIKELY(!cell) || --TW_WORD(cell, counter_offset) < 0;
}

/* --- the outside world (translate/flow/externals.py) ---------------------------------------------------------------- */
int64_t tw_argument(int64_t index);
void tw_write_output(int64_t bytes);
void tw_flush_output(void);
void tw_write_error(int64_t bytes);
int64_t tw_read_file(int64_t path);
void tw_write_file(int64_t path, int64_t data);
int64_t tw_read_line(void);
int64_t tw_error_text(int64_t number);
int64_t tw_monotonic_nanoseconds(void);
int64_t tw_wall_nanoseconds(void);
int64_t tw_environment_variable(int64_t name);
int64_t tw_canonical_path(int64_t path);
int64_t tw_open_library(int64_t files, int64_t shows_symbols);
int64_t tw_bytes_at(int64_t address, int64_t count);
int64_t tw_text_at(int64_t address);
int64_t tw_error_number(void);
int64_t tw_allocate_foreign(int64_t count);
void tw_release_foreign(int64_t address);
int64_t tw_open_descriptor(int64_t path, int64_t how);
void tw_close_descriptor(int64_t descriptor);
int64_t tw_read_descriptor(int64_t descriptor, int64_t offset, int64_t count);
void tw_write_descriptor(int64_t descriptor, int64_t offset, int64_t data);
void tw_truncate_file(int64_t path, int64_t length);
void tw_file_status(int64_t path, int64_t follow, int64_t status);
int64_t tw_list_folder(int64_t path);
void tw_make_folder(int64_t path);
void tw_remove_file(int64_t path);
void tw_remove_folder(int64_t path);
void tw_rename_path(int64_t old, int64_t new);
int64_t tw_current_folder(void);
void tw_change_folder(int64_t path);
int64_t tw_environment(void);
void tw_set_environment_variable(int64_t name, int64_t text);
int64_t tw_run_commands(
    int64_t commands, int64_t variables, int64_t text, int64_t nanoseconds, int64_t most_bytes, int64_t result);
int64_t tw_wait_for_descriptors(int64_t requests, int64_t count, int64_t nanoseconds);
int64_t tw_is_terminal(int64_t descriptor);
static inline void tw_poll_interrupt(void) { if (TW_UNLIKELY(tw_interrupted)) tw_poll(); }
int64_t tw_set_raw_input(int64_t on);
int64_t tw_read_keys(void);
int64_t tw_terminal_columns(void);
void tw_leave(int64_t code);

#endif
