/* Memory for machine code, mapped twice: once writable, once executable, never both at one address. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>
#include "internal.h"

/* Within reach of a 32-bit displacement from the program's text, which is linked low (no PIE). */
#define FIRST_ADDRESS ((uintptr_t)0x20000000)
#define LAST_ADDRESS ((uintptr_t)0x60000000)
#define STEP ((uintptr_t)0x01000000)

int64_t tw_code_writable;   /* address of the writable view; 0: none */
int64_t tw_code_executable; /* address of the executable view of the same bytes */

static void *map_near(size_t bytes, int file) {
    for (uintptr_t at = FIRST_ADDRESS; at + bytes < LAST_ADDRESS; at += STEP) {
        void *got = mmap((void *)at, bytes, PROT_READ | PROT_EXEC, MAP_SHARED | MAP_FIXED_NOREPLACE, file, 0);
        if (got == (void *)at) return got;
        if (got != MAP_FAILED) munmap(got, bytes);
    }
    return MAP_FAILED;
}

/* --- new code becomes visible to instruction fetch -------------------------------------------------------------------- */
/* Emulators before QEMU 8.1 do not hear of code that is written through another mapping, whatever cache maintenance says; but they
 * do of a mapping that is renewed. So where a second version of a small function is not seen, that is what is done. */
static int file_to_map_again = -1; /* the memory behind both views; -1: cache maintenance is enough */

#if defined(__aarch64__)
static int64_t run_small_function(uint32_t *writable, char *executable, uint32_t number) {
    writable[0] = 0x52800000 | number << 5; /* mov w0, #number */
    writable[1] = 0xd65f03c0;               /* ret */
    __builtin___clear_cache(executable, executable + 8);
    return ((int64_t (*)(void))executable)();
}

static int maintenance_is_enough(void *writable, void *executable) {
    int enough = run_small_function(writable, executable, 1) == 1 && run_small_function(writable, executable, 2) == 2;
    memset(writable, 0, 8);
    return enough;
}
#else
static int maintenance_is_enough(void *writable, void *executable) {
    (void)writable;
    (void)executable;
    return 1;
}
#endif

/* Make freshly written code visible: nothing to do on x86-64, cache maintenance on AArch64. */
void tw_code_written(int64_t executable, int64_t bytes) {
    __builtin___clear_cache((char *)executable, (char *)(executable + bytes));
    if (TW_LIKELY(file_to_map_again < 0)) return;
    int64_t page = sysconf(_SC_PAGESIZE);
    int64_t first = executable & -page, end = (executable + bytes + page - 1) & -page;
    void *got = mmap((void *)first, (size_t)(end - first), PROT_READ | PROT_EXEC, MAP_SHARED | MAP_FIXED, file_to_map_again,
                     first - tw_code_executable);
    if (got != (void *)first) tw_internal_error("cannot map code memory again");
}

/* Reserve `bytes` of code memory and set the two addresses. Gives 0 where the system refuses. */
int64_t tw_code_reserve(int64_t bytes) {
    int file = memfd_create("tracewright-code", MFD_CLOEXEC);
    if (file < 0) return 0;
    if (ftruncate(file, bytes)) {
        close(file);
        return 0;
    }
    void *writable = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, file, 0);
    void *executable = map_near((size_t)bytes, file);
    if (writable == MAP_FAILED || executable == MAP_FAILED) {
        close(file);
        if (writable != MAP_FAILED) munmap(writable, (size_t)bytes);
        if (executable != MAP_FAILED) munmap(executable, (size_t)bytes);
        return 0;
    }
    tw_code_writable = TW_ADDRESS(writable);
    tw_code_executable = TW_ADDRESS(executable);
    if (maintenance_is_enough(writable, executable)) close(file);
    else file_to_map_again = file;
    return 1;
}

int64_t tw_code_writable_address(void) { return tw_code_writable; }
int64_t tw_code_executable_address(void) { return tw_code_executable; }
