/* Stands in for the translated collector where a test builds graphs by hand: hands out memory and never collects. */
#include <stdint.h>
#include <tracewright.h>

static int64_t next, end;

void tracewright_gc_native_initialize(int64_t heap, int64_t bytes, int64_t tables, int64_t cards, int64_t marks, int64_t marks_end,
                                      int64_t cursors, int64_t limits, int64_t classes, int64_t roots, int64_t roots_end) {
    next = heap;
    end = heap + bytes;
}

int64_t tracewright_gc_native_large(int64_t bytes) {
    int64_t object = next;
    next += (bytes + 15) & -16;
    return next <= end ? object : 0;
}

int64_t tracewright_gc_native_refill(int64_t size_class) {
    int64_t run = tracewright_gc_native_large(1 << 15);
    tw_cursors[size_class] = run + tw_cell_sizes[size_class];
    tw_limits[size_class] = run + (1 << 15);
    return run;
}

void tracewright_gc_native_collect(int64_t stack, int64_t stack_end, int64_t limit) {}
void tracewright_gc_native_collect_fully(int64_t stack, int64_t stack_end, int64_t limit) {}
void tracewright_gc_native_collect_idle(int64_t stack, int64_t stack_end, int64_t limit) {}
int64_t tracewright_gc_native_idle_wait(void) { return -1; }
int64_t tracewright_gc_native_next_to_take(void) { return 0; }
void tracewright_gc_native_taken(int64_t nanoseconds) {}
int64_t tracewright_gc_native_next_to_release(void) { return 0; }
void tracewright_gc_native_register_stack(int64_t cells, int64_t bytes) {}
int64_t tracewright_gc_native_dead_stack(void) { return 0; }
int64_t tracewright_gc_native_live_bytes(void) { return 0; }
void tracewright_gc_native_set_stress(int64_t every) {}
void tracewright_gc_native_add_time(int64_t nanoseconds) {}
void tracewright_gc_native_set_time(int64_t nanoseconds) {}
int64_t tracewright_gc_native_tells_of_pauses(void) { return 0; }
int64_t tracewright_gc_native_is_worth_telling(int64_t nanoseconds) { return 0; }
int64_t tracewright_gc_native_last_pause(void) { return 0; }
void tracewright_gc_native_remember(int64_t object) {}
void tracewright_gc_native_remember_item(int64_t place) {}
void tracewright_gc_native_remember_items(int64_t start, int64_t stop, int64_t source) {}
void tracewright_gc_native_register_finalizer(int64_t finalizer) {}
int64_t tracewright_gc_native_take_due_finalizer(void) { return 0; }
int64_t tracewright_gc_native_account_memory(int64_t change) { return 0; }
