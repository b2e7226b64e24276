/* What the C files of the runtime share with each other and with generated code's entry points. */
#ifndef TRACEWRIGHT_INTERNAL_H
#define TRACEWRIGHT_INTERNAL_H

#include "tracewright.h"

#define TW_INTERRUPTED_BY_KEYBOARD 1
#define TW_INTERRUPTED_BY_MEMORY 2

#define TW_EXIT_INTERRUPTED 130
#define TW_EXIT_OUTPUT_LOST 1

extern uintptr_t tw_stack_top; /* where the native stack starts, for the collector's scan */
extern uintptr_t tw_stack_bottom; /* its lowest usable address */
extern int tw_argument_count;
extern char **tw_argument_words;
extern int64_t tw_leaving_traces; /* nonzero: guest state is on its way from machine code to the VM stack (heap.c) */

/* What a program asks of the process that it is a guest of (library.c). */
struct tw_host {
    void (*write)(int descriptor, const char *data, size_t count);
    int64_t (*read)(char *data, size_t room);       /* standard input: how much was read; 0 at its end */
    void (*leave)(int code, const char *message);   /* does not return; `message` says what went wrong, NULL: nothing */
};
extern const struct tw_host *tw_host; /* NULL: the process is the program's own */

void tw_start(void);              /* reserve the native stack and the heap */
void tw_install_signal_handlers(void);
void tw_run_on_stack(void (*function)(void)); /* run it on the native stack */
void tw_restore_limits(void);     /* take back what tw_interrupt did to the stack limits */
void tw_interrupt(int64_t reason); /* announce an exception that the next poll raises; any thread may do so */
int tw_finish_output(int code);    /* write what is buffered; the exit code, or that of lost output, which it reports */
void tw_forget_input(void);        /* drop what was read ahead of standard input */
void tw_describe_exception(int64_t error, char *text, int size);
int tw_heap_is_free(void);        /* whether the heap's fixed address range is still unused in this process */
void tw_set_memory_limit(int64_t bytes); /* 0: what the environment or the machine's memory says */
void tw_initialize_heap(void);
void tw_initialize_program(void); /* generated: what must run before the entry function (hash tables of prebuilt dicts) */
#ifdef TW_ADDRESS_SANITIZER /* sanitizer.c; the build defines it */
#define TW_WATCHED 1
void tw_watch_heap(int64_t start); /* from here on memory is watched; nothing was handed out yet */
void tw_watch_object(int64_t object, int64_t bytes); /* these bytes were handed out */
void tw_watch_unused(void); /* a collection is over */
void (*tw_watch_stack(void (*function)(void)))(void); /* what to run on the native stack instead of the function */
void tw_watch_stack_left(void);
#else
#define TW_WATCHED 0
static inline void tw_watch_heap(int64_t start) { (void)start; }
static inline void tw_watch_object(int64_t object, int64_t bytes) { (void)object, (void)bytes; }
static inline void tw_watch_unused(void) {}
static inline void (*tw_watch_stack(void (*function)(void)))(void) { return function; }
static inline void tw_watch_stack_left(void) {}
#endif
int64_t tw_main(void);            /* generated: calls the entry function */
int64_t tw_guest_location(int64_t error); /* generated: where the guest was when it left the interpreter, a str, or 0 */

#endif
