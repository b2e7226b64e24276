/* tracewright.core.foreign: opening C libraries, and memory that is theirs. The calls themselves are generated (emit_c/foreign.py). */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include "internal.h"

/* The first of the files that can be opened; `files` ends with an empty name or at `end`. */
static void *open_first(const char *files, const char *end, int scope) {
    for (const char *file = files; file < end && *file; file += strlen(file) + 1) {
        void *library = dlopen(file, RTLD_NOW | scope);
        if (library) return library;
    }
    return NULL;
}

int64_t tw_open_library(int64_t files, int64_t shows_symbols) {
    const char *names = tw_bytes_data(files);
    return open_first(names, names + TW_WORD(files, TW_BYTES_LENGTH), shows_symbols ? RTLD_GLOBAL : RTLD_LOCAL) != NULL;
}

void *tw_foreign_symbol(void **library, const char *files, int64_t length, const char *name) {
    if (!*library) *library = open_first(files, files + length, RTLD_LOCAL);
    void *symbol = *library ? dlsym(*library, name) : NULL;
    if (!symbol) tw_raise_os_error(*library ? ENOSYS : ENOENT);
    return symbol;
}

int64_t tw_error_number(void) { return errno; }
int64_t tw_bytes_at(int64_t address, int64_t count) { return tw_bytes_of((const char *)address, count); }
int64_t tw_text_at(int64_t address) { return tw_bytes_of((const char *)address, (int64_t)strlen((const char *)address)); }

int64_t tw_allocate_foreign(int64_t count) {
    void *memory = calloc((size_t)count, 1);
    if (!memory) tw_raise_memory();
    return TW_ADDRESS(memory);
}

void tw_release_foreign(int64_t address) { free((void *)address); }
