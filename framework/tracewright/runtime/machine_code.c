/* What machine code and the JIT need from C and the dialect cannot say. */
#include <stdio.h>
#include <unistd.h>
#include "tracewright.h"

uintptr_t tw_jit_stack_limit; /* compiled guest calls go on in the interpreter when the native stack is below it */
int64_t tw_fail_counter; /* guards until one fails for no reason (`--jit fail_every`) */
int64_t tw_left_word; /* the Value that the portal returns when machine code has left its frame */

/* Allocation under an address. Small arrays never fail (traces rely on it: the loop's next poll raises what waits); of large
 * ones 0 with MemoryError pending. */
int64_t tw_allocate_array(int64_t class_id, int64_t length) {
    if ((uint64_t)length > (TW_LARGEST_SMALL - TW_ARRAY_ITEMS) / 8) return tw_new_array(class_id, length);
    int64_t size_class = tw_class_of_granules[(TW_ARRAY_ITEMS + 8 * length + TW_GRANULE - 1) / TW_GRANULE];
    int64_t array = tw_allocate(size_class, tw_cell_sizes[size_class]);
    TW_WORD(array, 0) = class_id;
    TW_WORD(array, 8) = length;
    return array;
}

/* One line of the map in which perf finds the names of generated code. `name` is a dialect bytes object. */
void tw_name_code(int64_t start, int64_t size, int64_t name, int64_t length) {
    static FILE *map;
    if (!map) {
        char path[64];
        snprintf(path, sizeof path, "/tmp/perf-%d.map", (int)getpid());
        map = fopen(path, "a");
        if (!map) return;
    }
    fprintf(map, "%llx %llx %.*s\n", (unsigned long long)start, (unsigned long long)size, (int)length,
            (const char *)(name + TW_BYTES_DATA));
    fflush(map); /* perf reads it after the process has died, however it died */
}
