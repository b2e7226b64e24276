/* Runs machine code that a test process has written, perhaps under an emulator: `machine_places.py` is the other side.
 *
 * Both processes map the same file, data and code at the same addresses. Requests come as six words on standard input: a
 * function and four arguments to call it with (the last word is not used), or 0 and the length of a name, which follows, to learn
 * a function's address. Answers are four words on standard output: ANSWER and the result, or, while the called function runs,
 * CALLBACK, its number and two arguments, upon which one word with its result is awaited. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef int64_t w;
enum { ANSWER, CALLBACK };

static int file;
static w code_at, code_bytes, data_at, data_bytes, stack_bytes;

static void transfer(int out, void *at, size_t bytes) {
    for (char *next = at; bytes > 0;) {
        ssize_t done = out ? write(1, next, bytes) : read(0, next, bytes);
        if (done <= 0) exit(0); /* the tests are over */
        next += done;
        bytes -= (size_t)done;
    }
}

static w ask(w number, w a, w b) {
    w question[4] = {CALLBACK, number, a, b}, result;
    transfer(1, question, sizeof question);
    transfer(0, &result, sizeof result);
    return result;
}

/* --- what the runtime offers machine code; the numbers are positions in machine_world.CALLBACKS ---------------------- */
w leave_trace(w exit, w saved) { return ask(0, exit, saved); }
w finish_call(w bottom) { return ask(1, bottom, 0); }
w box_int(w number) { return ask(2, number, 0); }
w allocate_slow(w size_class) { return ask(3, size_class, 0); }
w allocate_large(w size) { return ask(4, size, 0); }
w allocate_array(w class_id, w length) { return ask(5, class_id, length); }
w remember(w thing) { return ask(6, thing, 0); }
w remember_item(w place) { return ask(7, place, 0); }
w start_call(w bottom, w code) { return ask(8, bottom, code); }

/* Emulators before QEMU 8.1 do not hear of code that is written through another mapping, but of a mapping that is renewed. */
void code_written(w start, w bytes) {
    w first = start & -4096, end = (start + bytes + 4095) & -4096;
    __builtin___clear_cache((char *)start, (char *)(start + bytes));
    void *at = mmap((void *)first, (size_t)(end - first), PROT_READ | PROT_EXEC, MAP_SHARED | MAP_FIXED, file, first - code_at);
    if (at != (void *)first) abort();
}

#include "machine_functions.h"

static w address_of(const char *name) {
    static const struct { const char *name; void *function; } known[] = {
#define KNOWN(name) {#name, (void *)name}
        KNOWN(leave_trace), KNOWN(finish_call), KNOWN(box_int), KNOWN(allocate_slow), KNOWN(allocate_large),
        KNOWN(allocate_array), KNOWN(remember), KNOWN(remember_item), KNOWN(start_call), KNOWN(code_written), KNOWN(memmove), KNOWN(memset), MACHINE_FUNCTIONS(KNOWN)
    };
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
        if (!strcmp(known[k].name, name)) return (w)known[k].function;
    return 0;
}

static void *serve(void *unused) {
    for (;;) {
        w request[6], answer[4] = {ANSWER};
        transfer(0, request, sizeof request);
        if (request[0]) {
            w (*function)(w, w, w, w) = (w (*)(w, w, w, w))request[0];
            answer[1] = function(request[1], request[2], request[3], request[4]);
        } else {
            char name[64] = "";
            if (request[1] >= (w)sizeof name) abort();
            transfer(0, name, (size_t)request[1]);
            answer[1] = address_of(name);
        }
        transfer(1, answer, sizeof answer);
    }
    return unused;
}

static void map(w at, w bytes, int protection, w offset) {
    void *got = mmap((void *)at, (size_t)bytes, protection, MAP_SHARED | MAP_FIXED_NOREPLACE, file, offset);
    if (got == (void *)at) return;
    perror("machine_server: cannot map the shared memory");
    exit(2);
}

/* machine_server FILE CODE CODE_BYTES DATA DATA_BYTES STACK_BYTES: numbers; the native stack is the end of the data. */
int main(int count, char **words) {
    if (count != 7) return 2;
    file = atoi(words[1]);
    w *numbers[] = {&code_at, &code_bytes, &data_at, &data_bytes, &stack_bytes};
    for (int k = 0; k < 5; k++) *numbers[k] = atoll(words[2 + k]);
    map(code_at, code_bytes, PROT_READ | PROT_EXEC, 0);
    map(data_at, data_bytes, PROT_READ | PROT_WRITE, code_bytes);
    /* What machine code leaves on the stack must be visible to the other side, so the stack is shared as well. */
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, (void *)(data_at + data_bytes - stack_bytes), (size_t)stack_bytes);
    if (pthread_create(&thread, &attributes, serve, NULL)) return 2;
    pthread_join(thread, NULL);
    return 0;
}
