/* What AddressSanitizer must be told about the heap. Empty in all other builds.
 *
 * A cell may be touched from the moment it is handed out until a collection finds it unused. For that every allocation has to
 * come through tw_allocate_slow, which the collector's stress mode sees to; machine code, which nobody watches, allocates that
 * way too. */
#include "internal.h"

#ifdef TW_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

#define BLOCK_MASK ((int64_t)TW_BLOCK_BYTES - 1)

int64_t tracewright_gc_native_next_unused(void); /* address of (start, bytes) that hold no object; 0: none left */

static int64_t watched_end; /* of the heap's memory up to here every byte outside objects is poisoned */

/* Frames must stay on the native stack, where the collector looks for roots. Memory is freed by the system. */
const char *__asan_default_options(void) { return "detect_stack_use_after_return=0:detect_leaks=0"; }

void tw_watch_heap(int64_t start) { watched_end = start; }

void tw_watch_object(int64_t object, int64_t bytes) {
    int64_t end = (object + bytes + BLOCK_MASK) & ~BLOCK_MASK;
    if (end > watched_end) {
        __asan_poison_memory_region((void *)watched_end, (size_t)(end - watched_end));
        watched_end = end;
    }
    __asan_unpoison_memory_region((void *)object, (size_t)bytes);
}

void tw_watch_unused(void) {
    for (int64_t range; (range = tracewright_gc_native_next_unused());)
        __asan_poison_memory_region((void *)TW_WORD(range, 0), (size_t)TW_WORD(range, 8));
}

/* --- the native stack: a report shows the callers only if it knows where that lies ----------------------------------- */
static void (*on_native_stack)(void);
static const void *outer_stack;
static size_t outer_stack_bytes;

static void run_on_native_stack(void) {
    __sanitizer_finish_switch_fiber(NULL, &outer_stack, &outer_stack_bytes);
    on_native_stack();
    __sanitizer_start_switch_fiber(NULL, outer_stack, outer_stack_bytes);
}

void (*tw_watch_stack(void (*function)(void)))(void) {
    on_native_stack = function;
    __sanitizer_start_switch_fiber(NULL, (void *)tw_stack_bottom, tw_stack_top - tw_stack_bottom);
    return run_on_native_stack;
}

void tw_watch_stack_left(void) { __sanitizer_finish_switch_fiber(NULL, NULL, NULL); }

/* The collector clears cells before anybody else may touch them. Volatile, or it becomes a call of memset, which looks. */
__attribute__((no_sanitize_address)) void tw_zero_memory(int64_t target, int64_t count) {
    for (int64_t i = 0; i + 8 <= count; i += 8) *(volatile int64_t *)(target + i) = 0;
    for (int64_t i = count & ~7L; i < count; i++) *(volatile char *)(target + i) = 0;
}
#endif
