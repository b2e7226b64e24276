/* The native stack, signals, pending exceptions, and the way out. process.c and library.c are the two ways in. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#include "internal.h"

/* Deep guest recursion runs on this stack: reserved, not committed, so it costs only what is touched. */
#define STACK_BYTES ((size_t)1 << 29)
#define SMALLEST_STACK_BYTES ((size_t)16 << 20)
/* Below the limit that recursive functions check: room for functions that do not check, C library calls, and traces. */
#define STACK_RESERVE ((size_t)1 << 20)
/* Machine code leaves for the interpreter somewhat earlier, so that the interpreter can go on from there. */
#define JIT_RESERVE ((size_t)4 << 20)
#define GUARD_BYTES ((size_t)1 << 16)
#define EXIT_INTERNAL 6

int64_t tw_exception;
const char *tw_raised_at;
int64_t tw_raised_error;
int64_t tw_interrupted;
uintptr_t tw_stack_limit;
uintptr_t tw_stack_top;
int tw_argument_count;
char **tw_argument_words;

extern uintptr_t tw_jit_stack_limit; /* machine_code.c */

uintptr_t tw_stack_bottom; /* the guard pages lie below */
static uintptr_t normal_stack_limit;

const struct tw_host *tw_host;

void tw_internal_error(const char *message) {
    if (tw_host) tw_host->leave(EXIT_INTERNAL, message);
    tw_finish_output(EXIT_INTERNAL);
    static const char prefix[] = "internal error: ";
    if (write(2, prefix, sizeof prefix - 1) < 0 || write(2, message, strlen(message)) < 0 || write(2, "\n", 1) < 0)
        _exit(EXIT_INTERNAL);
    _exit(EXIT_INTERNAL);
}

void tw_missing_method(void) { tw_internal_error("a method without implementation was called"); }

/* --- exceptions that operations raise -------------------------------------------------------------------------------- */
void tw_raise_overflow(void) { tw_exception = tw_overflow_error; }
void tw_raise_memory(void) { tw_exception = tw_memory_error; }

int64_t tw_take_exception(void) {
    int64_t exception = tw_exception;
    tw_exception = 0;
    return exception;
}

void tw_raise_os_error(int number) {
    int64_t error = tw_new_counted(tw_os_error_class, 0, tw_os_error_size);
    if (!error) return; /* then it is MemoryError */
    TW_WORD(error, tw_os_error_errno_offset) = number;
    tw_exception = error;
}

void tw_restore_limits(void) {
    tw_stack_limit = normal_stack_limit;
    tw_jit_stack_limit = normal_stack_limit + JIT_RESERVE;
}

int64_t tw_native_stack_is_low(void) { return tw_stack_pointer < tw_jit_stack_limit; }

/* What waits is told by the value of tw_interrupted, because the signal handler may only set words. */
void tw_poll(void) {
    int64_t reason = tw_interrupted;
    tw_interrupted = 0;
    tw_restore_limits();
    if (reason == TW_INTERRUPTED_BY_MEMORY) tw_raise_memory();
    else if (reason) tw_exception = tw_keyboard_interrupt;
}

void tw_interrupt(int64_t reason) {
    tw_interrupted = reason;
    tw_stack_limit = UINTPTR_MAX; /* so that recursive calls poll too, ... */
    tw_jit_stack_limit = UINTPTR_MAX; /* ... and compiled guest calls go back to the interpreter, which does */
}

int64_t tw_stack_check_failed(void) {
    if (tw_interrupted) {
        if (tw_leaving_traces && tw_stack_pointer >= normal_stack_limit) return 0; /* it waits: what is on its way must arrive */
        tw_poll();
    } else {
        tw_exception = tw_recursion_error;
    }
    return 1;
}

/* --- signals --------------------------------------------------------------------------------------------------------- */
static void on_interrupt(int number) {
    (void)number;
    if (tw_interrupted) _exit(TW_EXIT_INTERRUPTED); /* the second Ctrl-C: nobody polled */
    tw_interrupt(TW_INTERRUPTED_BY_KEYBOARD);
}

static void on_fault(int number, siginfo_t *information, void *context) {
    (void)number;
    (void)context;
    uintptr_t address = (uintptr_t)information->si_addr;
    if (address >= tw_stack_bottom - GUARD_BYTES && address < tw_stack_bottom + STACK_RESERVE)
        tw_internal_error("native stack overflow");
    tw_internal_error("invalid memory access");
}

void tw_install_signal_handlers(void) {
    static char alternate[1 << 16]; /* a fault on the native stack's guard needs another stack to report from */
    stack_t stack = {.ss_sp = alternate, .ss_size = sizeof alternate};
    sigaltstack(&stack, NULL);
    struct sigaction fault = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND};
    if (!TW_WATCHED && !getenv("TRACEWRIGHT_CORE")) { /* set it to get a core file instead of the message */
        sigaction(SIGSEGV, &fault, NULL);
        sigaction(SIGBUS, &fault, NULL);
    }
    struct sigaction interrupt = {.sa_handler = on_interrupt, .sa_flags = SA_ONSTACK};
    sigaction(SIGINT, &interrupt, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* --- the native stack ------------------------------------------------------------------------------------------------ */
static void call_on_stack(uintptr_t top, void (*function)(void)) {
#if defined(__x86_64__)
    __asm__ volatile(
        "movq %%rsp, %%rbx\n\t"
        "movq %0, %%rsp\n\t"
        "call *%1\n\t"
        "movq %%rbx, %%rsp"
        : "+r"(top), "+r"(function)
        :
        : "rbx", "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4",
          "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "memory", "cc");
#elif defined(__aarch64__)
    __asm__ volatile(
        "mov x19, sp\n\t"
        "mov sp, %0\n\t"
        "blr %1\n\t"
        "mov sp, x19"
        : "+r"(top), "+r"(function)
        :
        : "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16",
          "x17", "x19", "x30", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v16", "v17", "v18", "v19", "v20", "v21",
          "v22", "v23", "v24", "v25", "v26", "v27", "v28", "v29", "v30", "v31", "memory", "cc");
#else
#error "no stack switch for this machine"
#endif
}

/* Where address space is limited (`ulimit -v`), a sixteenth of it, but never less than recursion of any use needs. */
static size_t stack_bytes(void) {
    struct rlimit space;
    if (getrlimit(RLIMIT_AS, &space) || space.rlim_cur == RLIM_INFINITY) return STACK_BYTES;
    size_t bytes = (size_t)space.rlim_cur / 16 & ~(GUARD_BYTES - 1);
    if (bytes < SMALLEST_STACK_BYTES) return SMALLEST_STACK_BYTES;
    return bytes < STACK_BYTES ? bytes : STACK_BYTES;
}

static void reserve_stack(void) {
    size_t bytes = stack_bytes();
    char *base = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (base == MAP_FAILED || mprotect(base, GUARD_BYTES, PROT_NONE)) tw_internal_error("cannot reserve the native stack");
    tw_stack_bottom = (uintptr_t)base + GUARD_BYTES;
    normal_stack_limit = tw_stack_bottom + STACK_RESERVE;
    tw_restore_limits();
    tw_stack_top = (uintptr_t)base + bytes;
}

void tw_start(void) {
    reserve_stack();
    tw_initialize_heap();
}

void tw_run_on_stack(void (*function)(void)) {
    call_on_stack(tw_stack_top - 64, tw_watch_stack(function));
    tw_watch_stack_left();
}

/* --- exceptions that nobody caught ----------------------------------------------------------------------------------- */
struct description {
    char *text;
    int used, size;
};

static void append(struct description *description, const char *part) {
    while (*part && description->used < description->size - 1) description->text[description->used++] = *part++;
    description->text[description->used] = 0;
}

/* Characters outside ASCII are shown as '?'. */
static void append_str(struct description *description, int64_t str) {
    int64_t width = tw_str_width(str);
    for (int64_t i = 0; i < TW_WORD(str, TW_STR_LENGTH); i++) {
        unsigned char *unit = (unsigned char *)(str + TW_STR_DATA + i * width);
        int ascii = unit[0] < 128 && (width < 2 || !unit[1]) && (width < 4 || (!unit[2] && !unit[3]));
        append(description, (char[]){ascii ? (char)unit[0] : '?', 0});
    }
}

void tw_describe_exception(int64_t error, char *text, int size) {
    struct description description = {text, 0, size};
    append(&description, "uncaught ");
    append(&description, tw_classes[tw_class_of(error)].name);
    int64_t message = tw_exception_message_offset ? TW_WORD(error, tw_exception_message_offset) : 0;
    if (message && TW_WORD(message, TW_STR_LENGTH) > 0) {
        append(&description, ": ");
        append_str(&description, message);
    }
    const char *before = " (";
    if (tw_raised_at && tw_raised_error == error) {
        append(&description, " (raised in ");
        append(&description, tw_raised_at);
        before = "; ";
    }
    int64_t location = tw_guest_location(error);
    if (tw_take_exception()) location = 0; /* there is no memory or stack left for it */
    if (location) {
        append(&description, before);
        append(&description, "the guest was at ");
        append_str(&description, location);
    }
    if (location || before[0] == ';') append(&description, ")");
}
