/* The C side of the heap: address ranges, registers for the root scan, and calls into the collector.
 *
 * The collector itself is tracewright/gc, in the dialect; its functions appear here as tracewright_gc_native_... */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include "internal.h"

/* tracewright/gc/native.py */
void tracewright_gc_native_initialize(int64_t heap, int64_t heap_bytes, int64_t tables, int64_t cards, int64_t mark_stack,
                                      int64_t mark_stack_end, int64_t cursors, int64_t limits, int64_t classes,
                                      int64_t roots, int64_t roots_end);
int64_t tracewright_gc_native_refill(int64_t size_class);    /* a cell; 0: collect first */
int64_t tracewright_gc_native_large(int64_t bytes);          /* an object; 0: collect first */
typedef void collection(int64_t stack, int64_t stack_end, int64_t memory_limit);
collection tracewright_gc_native_collect, tracewright_gc_native_collect_fully, tracewright_gc_native_collect_idle;
int64_t tracewright_gc_native_idle_wait(void); /* nanoseconds before there is something to do again; -1: nothing */
int64_t tracewright_gc_native_next_to_take(void); /* address of (start, bytes, huge, now): pages.py; 0: nothing */
void tracewright_gc_native_taken(int64_t nanoseconds);
int64_t tracewright_gc_native_next_to_release(void); /* address of (start, bytes) of memory to hand back; 0: none left */
void tracewright_gc_native_register_stack(int64_t cells, int64_t bytes);
int64_t tracewright_gc_native_dead_stack(void); /* cells of a stack nobody refers to any more; 0: none left */
int64_t tracewright_gc_native_live_bytes(void);
void tracewright_gc_native_set_stress(int64_t every);
void tracewright_gc_native_set_time(int64_t nanoseconds);
void tracewright_gc_native_add_time(int64_t nanoseconds);
int64_t tracewright_gc_native_tells_of_pauses(void);
int64_t tracewright_gc_native_is_worth_telling(int64_t nanoseconds);
int64_t tracewright_gc_native_last_pause(void);
void tracewright_gc_native_remember(int64_t object);
void tracewright_gc_native_remember_item(int64_t place);
void tracewright_gc_native_remember_items(int64_t start, int64_t stop, int64_t source);
void tracewright_gc_native_register_finalizer(int64_t finalizer);
int64_t tracewright_gc_native_take_due_finalizer(void);
int64_t tracewright_gc_native_account_memory(int64_t change); /* 1: collect now */

int64_t tw_cursors[TW_SIZE_CLASSES];
int64_t tw_limits[TW_SIZE_CLASSES];

/* Prebuilt objects that may refer to others: the linker gives the section these names. */
extern char __start_tw_roots[] __attribute__((weak)), __stop_tw_roots[] __attribute__((weak));

/* AddressSanitizer keeps its shadow where the ranges are otherwise. These addresses it leaves to programs, on both machines. */
#define RANGES_MOVED (TW_WATCHED ? (int64_t)3 << 44 : 0)
#define HEAP_BASE (TW_HEAP_BASE + RANGES_MOVED)
#define TABLES_BASE (TW_TABLES_BASE + RANGES_MOVED)
#define MARK_STACK_BASE (TW_MARK_STACK_BASE + RANGES_MOVED)
#define CARD_OF(address) (TW_CARDS_BASE + RANGES_MOVED + ((int64_t)(address) >> TW_CARD_SHIFT))
const int64_t tw_cards = CARD_OF(0);
/* Where memory is watched: often enough to meet what lives too short, seldom enough not to be all that a program does. */
#define WATCHED_STRESS 1000
#define HEAP_UNIT ((size_t)1 << 20)
#define SMALLEST_HEAP ((size_t)16 << 20)
#define TABLES_OF_ANY_HEAP ((size_t)1 << 20) /* what does not grow with it: size classes, the row of VM stacks */

static int64_t heap_bytes;
static int64_t default_memory_limit;
static int64_t memory_limit;

static void *reserve(uintptr_t address, size_t bytes) {
    void *at = mmap((void *)address, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (at == MAP_FAILED) return NULL;
    if ((uintptr_t)at == address) return at;
    munmap(at, bytes); /* an old kernel took the address for a hint */
    return NULL;
}

/* "512M", "2G", "100000" as bytes; 0 where it is no such thing. */
static int64_t parse_bytes(const char *text) {
    char *end;
    int64_t number = strtoll(text, &end, 10);
    if (*end == 'K' || *end == 'k') number <<= 10;
    if (*end == 'M' || *end == 'm') number <<= 20;
    if (*end == 'G' || *end == 'g') number <<= 30;
    return number;
}

void tw_set_memory_limit(int64_t bytes) {
    memory_limit = bytes > 0 ? bytes : default_memory_limit;
    /* A reserved heap that is smaller than the limit needs room for what cannot be used: parts of blocks and of runs. */
    if (memory_limit > heap_bytes / 4 * 3) memory_limit = heap_bytes / 4 * 3;
}

int tw_heap_is_free(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    void *at = reserve(HEAP_BASE, page);
    if (at) munmap(at, page);
    return at != NULL;
}

/* A word for each object of 16 bytes; from the other end grows the stack of remembered objects. */
static size_t mark_stack_bytes(size_t heap) { return heap / 2 < TW_MARK_STACK_BYTES ? heap / 2 : TW_MARK_STACK_BYTES; }

/* A byte for each card of the range, in whole pages. */
static int reserve_cards(int64_t start, int64_t stop) {
    int64_t page = sysconf(_SC_PAGESIZE);
    int64_t first = CARD_OF(start) & -page;
    return start == stop || reserve((uintptr_t)first, (size_t)(((CARD_OF(stop - 1) + page) & -page) - first)) != NULL;
}

/* The heap, the collector's tables for it, and a mark stack for as many objects as fit in it: all or nothing. */
static int reserve_heap(size_t bytes) {
    size_t tables = bytes / (TW_HEAP_BYTES / TW_TABLES_BYTES) + TABLES_OF_ANY_HEAP;
    if (tables > TW_TABLES_BYTES) tables = TW_TABLES_BYTES;
    if (!reserve(HEAP_BASE, bytes)) return 0;
    if (reserve(TABLES_BASE, tables)) {
        if (reserve(MARK_STACK_BASE, mark_stack_bytes(bytes))) {
            if (reserve_cards(HEAP_BASE, HEAP_BASE + (int64_t)bytes)) return 1;
            munmap((void *)MARK_STACK_BASE, mark_stack_bytes(bytes));
        }
        munmap((void *)TABLES_BASE, tables);
    }
    munmap((void *)HEAP_BASE, bytes);
    return 0;
}

/* What a process may have of address space (`ulimit -v`) is also for stacks, machine code, and what else is in the process. */
static size_t largest_heap(void) {
    struct rlimit space;
    if (getrlimit(RLIMIT_AS, &space) || space.rlim_cur == RLIM_INFINITY) return TW_HEAP_BYTES;
    size_t bytes = (size_t)space.rlim_cur / 8 * 3;
    return bytes < TW_HEAP_BYTES ? bytes & ~(HEAP_UNIT - 1) : TW_HEAP_BYTES;
}

void tw_initialize_heap(void) {
    size_t bytes = largest_heap();
    while (!reserve_heap(bytes)) {
        bytes = bytes / 2 & ~(HEAP_UNIT - 1); /* where the system refuses to overcommit, a smaller range may still be granted */
        if (bytes < SMALLEST_HEAP) tw_internal_error("cannot reserve address space for the heap (see `ulimit -v`)");
    }
    if (!reserve_cards(TW_ADDRESS(__start_tw_roots), TW_ADDRESS(__stop_tw_roots)))
        tw_internal_error("cannot reserve address space for the collector's tables");
    const char *limit = getenv("TRACEWRIGHT_MEMORY");
    default_memory_limit = limit ? parse_bytes(limit) : 0;
    if (default_memory_limit <= 0) default_memory_limit = (int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE) / 5 * 4;
    heap_bytes = (int64_t)bytes;
    tw_set_memory_limit(0);
    tracewright_gc_native_initialize(HEAP_BASE, (int64_t)bytes, TABLES_BASE, tw_cards, MARK_STACK_BASE,
                                     MARK_STACK_BASE + (int64_t)mark_stack_bytes(bytes),
                                     TW_ADDRESS(tw_cursors), TW_ADDRESS(tw_limits), TW_ADDRESS(tw_classes),
                                     TW_ADDRESS(__start_tw_roots), TW_ADDRESS(__stop_tw_roots));
    const char *stress = getenv("TRACEWRIGHT_GC_STRESS");
    int64_t every = stress ? atoll(stress) : 0;
    if (TW_WATCHED && every <= 0) every = WATCHED_STRESS; /* 0 would hand out cells that tw_watch_object does not hear of */
    tracewright_gc_native_set_stress(every);
    tw_watch_heap(HEAP_BASE);
}

/* --- pages ----------------------------------------------------------------------------------------------------------- */
static int64_t processor_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Have the system give these pages now, and not one by one as they are touched. */
static void populate(char *start, size_t bytes) {
#ifdef MADV_POPULATE_WRITE
    if (!madvise(start, bytes, MADV_POPULATE_WRITE)) return;
#endif
    size_t page = (size_t)sysconf(_SC_PAGESIZE); /* an old kernel */
    for (size_t offset = 0; offset < bytes; offset += page) *(volatile char *)(start + offset) = 0;
}

/* What the collector has just handed out, in the pages that it has chosen (pages.py). Nothing was written there yet. */
static void take_memory(void) {
    for (int64_t range; (range = tracewright_gc_native_next_to_take());) {
        char *start = (char *)TW_WORD(range, 0);
        size_t bytes = (size_t)TW_WORD(range, 8);
        int now = TW_WORD(range, 24) != 0;
        int64_t before = now ? processor_nanoseconds() : 0;
        madvise(start, bytes, TW_WORD(range, 16) ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
        if (!now) continue;
        populate(start, bytes);
        tracewright_gc_native_taken(processor_nanoseconds() - before);
    }
}

/* --- collecting ------------------------------------------------------------------------------------------------------ */
#define REGISTER_WORDS 20
/* Roots may live only in registers that callers expect to be kept, vector registers included (d8-d15 of AArch64). */
static inline __attribute__((always_inline)) void save_registers(int64_t *words) {
#if defined(__x86_64__)
    __asm__ volatile("movq %%rbx, 0(%0)\n\tmovq %%rbp, 8(%0)\n\tmovq %%r12, 16(%0)\n\tmovq %%r13, 24(%0)\n\t"
                     "movq %%r14, 32(%0)\n\tmovq %%r15, 40(%0)" : : "r"(words) : "memory");
#elif defined(__aarch64__)
    __asm__ volatile("stp x19, x20, [%0]\n\tstp x21, x22, [%0, 16]\n\tstp x23, x24, [%0, 32]\n\t"
                     "stp x25, x26, [%0, 48]\n\tstp x27, x28, [%0, 64]\n\tstr x29, [%0, 80]\n\t"
                     "stp d8, d9, [%0, 96]\n\tstp d10, d11, [%0, 112]\n\tstp d12, d13, [%0, 128]\n\t"
                     "stp d14, d15, [%0, 144]" : : "r"(words) : "memory");
#endif
}

static void release_memory(void) {
    for (int64_t range; (range = tracewright_gc_native_next_to_release());)
        madvise((void *)TW_WORD(range, 0), (size_t)TW_WORD(range, 8), MADV_DONTNEED);
    for (int64_t cells; (cells = tracewright_gc_native_dead_stack());) {
        int64_t start = cells - TW_STACK_HEADER;
        munmap((void *)start, (size_t)TW_WORD(start, 8));
    }
}

static void tell_of_pause(int64_t nanoseconds, int64_t releasing, int64_t busy) {
    static const char *const names[] = {"young", "marking begins", "slice", "marking ends", "full"}; /* the codes of gc/heap.py */
    fprintf(stderr, "gc: %9.3f ms, the processor busy for %.3f, giving back memory for %.3f; %s; %lld KB alive\n",
            (double)nanoseconds / 1e6, (double)busy / 1e6, (double)releasing / 1e6,
            names[tracewright_gc_native_last_pause()], (long long)tracewright_gc_native_live_bytes() >> 10);
}

/* The scan begins at the stack pointer, which lies below `registers`: compilers for AArch64 keep what a function saves of its
 * caller's registers below its variables, and such a word may be the only reference to an object. */
static __attribute__((noinline)) void collect(collection *how, int64_t *registers) {
    int64_t started = tw_monotonic_nanoseconds();
    tracewright_gc_native_set_time(started);
    int64_t busy = tracewright_gc_native_tells_of_pauses() ? processor_nanoseconds() : 0;
    int64_t lowest = (int64_t)tw_stack_pointer;
    how(lowest < TW_ADDRESS(registers) ? lowest : TW_ADDRESS(registers), TW_ADDRESS(tw_stack_top), memory_limit);
    int64_t collected = tw_monotonic_nanoseconds();
    release_memory();
    tw_watch_unused();
    int64_t ended = tw_monotonic_nanoseconds();
    tracewright_gc_native_add_time(ended - started);
    if (tracewright_gc_native_is_worth_telling(ended - started))
        tell_of_pause(ended - started, ended - collected, processor_nanoseconds() - busy);
    int64_t live = tracewright_gc_native_live_bytes();
    if (live <= memory_limit) return;
    if (tw_interrupted != TW_INTERRUPTED_BY_MEMORY) {
        tw_interrupt(TW_INTERRUPTED_BY_MEMORY); /* small objects may not fail where they are made, so at the next poll */
    } else if (live > memory_limit + memory_limit / 4) {
        tw_internal_error("out of memory");
    }
}

void tw_collect(void) {
    int64_t registers[REGISTER_WORDS] = {0}; /* zero: what lay there before must not look like a root */
    save_registers(registers);
    collect(tracewright_gc_native_collect_fully, registers);
}

int64_t tw_collect_while_idle(void) {
    int64_t registers[REGISTER_WORDS] = {0}; /* zero: what lay there before must not look like a root */
    save_registers(registers);
    collect(tracewright_gc_native_collect_idle, registers);
    return tracewright_gc_native_idle_wait();
}

/* Apart, so that an allocation that need not collect saves no registers. */
static __attribute__((noinline)) int64_t collect_and_refill(int64_t size_class) {
    int64_t registers[REGISTER_WORDS] = {0}; /* zero: what lay there before must not look like a root */
    save_registers(registers);
    collect(tracewright_gc_native_collect, registers);
    int64_t cell = tracewright_gc_native_refill(size_class);
    if (!cell) {
        collect(tracewright_gc_native_collect_fully, registers);
        cell = tracewright_gc_native_refill(size_class);
    }
    if (!cell) tw_internal_error("out of memory");
    return cell;
}

int64_t tw_allocate_slow(int64_t size_class) {
    /* A trace may allocate before it has asked what its last call raised: the collector must not take that for an error of its own.
     * In memory, where the collector sees it. */
    volatile int64_t pending = (int64_t)tw_exception;
    tw_exception = 0;
    int64_t cell = tracewright_gc_native_refill(size_class);
    if (TW_UNLIKELY(!cell)) cell = collect_and_refill(size_class);
    take_memory();
    tw_watch_object(cell, tw_cell_sizes[size_class]);
    tw_exception = pending;
    return cell;
}

int64_t tw_leaving_traces; /* nonzero: guest state is on its way from machine code to the VM stack */

/* Objects with a counted body may fail, so this is where most programs notice that they are over the limit. */
int64_t tw_allocate_counted_slow(int64_t size_class) {
    int64_t cell = tw_allocate_slow(size_class);
    if (TW_LIKELY(tw_interrupted != TW_INTERRUPTED_BY_MEMORY || tw_leaving_traces)) return cell;
    tw_poll();
    return 0;
}

int64_t tw_allocate_large(int64_t bytes) {
    int64_t registers[REGISTER_WORDS] = {0}; /* zero: what lay there before must not look like a root */
    save_registers(registers);
    int64_t object = 0;
    if (bytes <= memory_limit) {
        object = tracewright_gc_native_large(bytes);
        if (!object) {
            collect(tracewright_gc_native_collect, registers);
            if (tracewright_gc_native_live_bytes() + bytes <= memory_limit) object = tracewright_gc_native_large(bytes);
        }
        if (!object) {
            collect(tracewright_gc_native_collect_fully, registers);
            if (tracewright_gc_native_live_bytes() + bytes <= memory_limit) object = tracewright_gc_native_large(bytes);
        }
    }
    if (!object) {
        tw_raise_memory();
        return 0;
    }
    take_memory();
    tw_watch_object(object, bytes);
    return object;
}

void tw_remember(int64_t object) { tracewright_gc_native_remember(object); }
void tw_remember_item(int64_t place) { tracewright_gc_native_remember_item(place); }
void tw_remember_items(int64_t start, int64_t stop, int64_t source) { tracewright_gc_native_remember_items(start, stop, source); }

/* --- core/weak.py ---------------------------------------------------------------------------------------------------- */
void tw_register_finalizer(int64_t finalizer) { tracewright_gc_native_register_finalizer(finalizer); }
int64_t tw_take_due_finalizer(void) { return tracewright_gc_native_take_due_finalizer(); }
void tw_account_memory(int64_t change) {
    int64_t registers[REGISTER_WORDS] = {0}; /* zero: what lay there before must not look like a root */
    save_registers(registers);
    if (tracewright_gc_native_account_memory(change)) collect(tracewright_gc_native_collect, registers);
}

/* --- objects made by C ----------------------------------------------------------------------------------------------- */
int64_t tw_box_int(int64_t number) {
    int64_t box = tw_allocate(TW_BOXED_INT_SIZE_CLASS, TW_BOXED_INT_CELL);
    TW_WORD(box, 0) = TW_BOXED_INT_CLASS;
    TW_WORD(box, TW_BOXED_INT) = number;
    return box;
}

int64_t tw_new_bytes(int64_t length) {
    if (TW_UNLIKELY((uint64_t)length > (uint64_t)TW_LARGEST_LENGTH)) {
        tw_raise_memory();
        return 0;
    }
    return tw_new_counted(TW_BYTES_CLASS, length, TW_BYTES_DATA + length + 1);
}

int64_t tw_bytes_of(const char *data, int64_t length) {
    int64_t bytes = tw_new_bytes(length);
    if (bytes && length > 0) memcpy(tw_bytes_data(bytes), data, (size_t)length);
    return bytes;
}

int64_t tw_new_str(int64_t width, int64_t length) {
    if (TW_UNLIKELY((uint64_t)length > (uint64_t)TW_LARGEST_LENGTH)) {
        tw_raise_memory();
        return 0;
    }
    int64_t text = tw_new_counted(TW_STR_CLASS, length, TW_STR_DATA + width * length);
    if (text) *(uint32_t *)(text + TW_STR_WIDTH) = (uint32_t)width;
    return text;
}

/* --- VM stacks ------------------------------------------------------------------------------------------------------- */
#define FEWEST_SLOTS (1 << 12) /* where the system refuses even so many, there is no stack */

static size_t stack_bytes(int64_t limit) { return TW_STACK_HEADER + TW_SLOT_BYTES * (size_t)limit; }

/* An address range; memory comes page by page with the first touch, so a stack costs what it has used. */
static char *reserve_stack(int64_t limit) {
    char *start = mmap(NULL, stack_bytes(limit), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return start == MAP_FAILED ? NULL : start;
}

/* A VM stack's cells. The header in front tells the collector and munmap what they need. Where address space is short (`ulimit -v`),
   first the stacks go that nobody refers to any more, then this one becomes smaller than asked for: see tw_stack_slots. */
int64_t tw_new_stack_cells(int64_t limit) {
    if (limit < 0 || limit > TW_LARGEST_LENGTH) {
        tw_raise_memory();
        return 0;
    }
    char *start = reserve_stack(limit);
    if (!start) {
        tw_collect(); /* a stack outlives the first collection after it was made, so it takes two to be rid of the latest */
        tw_collect();
        while (!(start = reserve_stack(limit)) && limit > FEWEST_SLOTS) limit /= 2;
    }
    if (!start) {
        tw_raise_memory();
        return 0;
    }
    size_t bytes = stack_bytes(limit);
    int64_t cells = TW_ADDRESS(start) + TW_STACK_HEADER;
    TW_WORD(TW_ADDRESS(start), 8) = (int64_t)bytes;
    tracewright_gc_native_register_stack(cells, (int64_t)bytes);
    return cells;
}

/* How many slots a stack with these cells has been granted. */
int64_t tw_stack_slots(int64_t cells) {
    return (TW_WORD(cells - TW_STACK_HEADER, 8) - TW_STACK_HEADER) / TW_SLOT_BYTES;
}
