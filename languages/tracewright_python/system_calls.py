"""What this engine uses of the C library: files, folders, processes."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CDouble, CInt, CLong, CSize, CText, CUnsigned, CWords, Library
from tracewright.core.foreign_headers import Header
from tracewright.lib.system_headers import LIBC

FCNTL_H: Final = Header("fcntl.h", LIBC)
UNISTD_H: Final = Header("unistd.h", LIBC)
STAT_H: Final = Header("sys/stat.h", LIBC)
STATX: Final = Header("no header", LIBC)  # `sys/stat.h` has it only for those who ask for extensions
STDIO_H: Final = Header("stdio.h", LIBC)
WAIT_H: Final = Header("sys/wait.h", LIBC)
SIGNAL_H: Final = Header("signal.h", LIBC)


TIME_H: Final = Header("time.h", LIBC)
DLFCN_H: Final = Header("dlfcn.h", LIBC)


LIBM: Final = Library(["libm.so.6"], package="libc6")
MATH_H: Final = Header("math.h", LIBM)


@MATH_H.function("double erf(double)")
def erf(number: CDouble) -> CDouble:
    raise NotImplementedError


@MATH_H.function("double erfc(double)")
def erfc(number: CDouble) -> CDouble:
    raise NotImplementedError


@MATH_H.function("double tgamma(double)")
def gamma(number: CDouble) -> CDouble:
    raise NotImplementedError


@MATH_H.function("double lgamma(double)")
def log_gamma(number: CDouble) -> CDouble:
    raise NotImplementedError


@DLFCN_H.function("void *dlsym(void *, const char *)")
def find_symbol(where: CAddress, name: CText) -> CAddress:
    """The address of a name in what is loaded (where NULL stands for all of it), or NULL."""
    raise NotImplementedError


@TIME_H.function("struct tm *localtime_r(const long *, struct tm *)")
def local_time(moment: CWords, result: CAddress) -> CAddress:
    raise NotImplementedError


@TIME_H.function("struct tm *gmtime_r(const long *, struct tm *)")
def world_time(moment: CWords, result: CAddress) -> CAddress:
    raise NotImplementedError


@TIME_H.function("long mktime(struct tm *)")
def moment_of(parts: CAddress) -> CLong:
    raise NotImplementedError


@TIME_H.function("unsigned long strftime(char *, size_t, const char *, const struct tm *)")
def format_time(target: CAddress, room: CSize, format: CText, parts: CAddress) -> CSize:
    raise NotImplementedError


@TIME_H.function("void tzset(void)")
def read_zone() -> None:
    raise NotImplementedError


@FCNTL_H.function("int open(const char *, int, ...)", ["unsigned int"])
def open_file(path: CText, flags: CInt, mode: CUnsigned) -> CInt:
    raise NotImplementedError


@FCNTL_H.function("int fcntl(int, int, ...)", ["int"])
def control_file(descriptor: CInt, command: CInt, argument: CInt) -> CInt:
    raise NotImplementedError


@STATX.function("int statx(int, const char *, int, unsigned int, void *)")
def file_status(folder: CInt, path: CText, flags: CInt, mask: CUnsigned, result: CAddress) -> CInt:
    """The layout of what it fills in is the same on all machines."""
    raise NotImplementedError


@UNISTD_H.function("int close(int)")
def close_file(descriptor: CInt) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("long read(int, void *, size_t)")
def read_file(descriptor: CInt, target: CAddress, count: CSize) -> CLong:
    raise NotImplementedError


@UNISTD_H.function("long write(int, const void *, size_t)")
def write_file(descriptor: CInt, source: CText, count: CSize) -> CLong:
    raise NotImplementedError


@UNISTD_H.function("long lseek(int, long, int)")
def seek_file(descriptor: CInt, offset: CLong, whence: CInt) -> CLong:
    raise NotImplementedError


@UNISTD_H.function("int ftruncate(int, long)")
def truncate_file(descriptor: CInt, length: CLong) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int fsync(int)")
def sync_file(descriptor: CInt) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int isatty(int)")
def is_terminal(descriptor: CInt) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int dup(int)")
def duplicate(descriptor: CInt) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int dup2(int, int)")
def duplicate_to(descriptor: CInt, target: CInt) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int pipe(int *)")
def make_pipe(both: CWords) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int access(const char *, int)")
def may_access(path: CText, mode: CInt) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("long readlink(const char *, char *, size_t)")
def read_link(path: CText, target: CAddress, count: CSize) -> CLong:
    raise NotImplementedError


@UNISTD_H.function("int symlink(const char *, const char *)")
def make_symbolic_link(source: CText, target: CText) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int link(const char *, const char *)")
def make_link(source: CText, target: CText) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int unlink(const char *)")
def remove_file(path: CText) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int rmdir(const char *)")
def remove_folder(path: CText) -> CInt:
    raise NotImplementedError


@STDIO_H.function("int rename(const char *, const char *)")
def rename_file(source: CText, target: CText) -> CInt:
    raise NotImplementedError


@STAT_H.function("int mkdir(const char *, unsigned int)")
def make_folder(path: CText, mode: CUnsigned) -> CInt:
    raise NotImplementedError


@STAT_H.function("int chmod(const char *, unsigned int)")
def change_mode(path: CText, mode: CUnsigned) -> CInt:
    raise NotImplementedError


@STAT_H.function("unsigned int umask(unsigned int)")
def change_mask(mask: CUnsigned) -> CUnsigned:
    raise NotImplementedError


@UNISTD_H.function("int getpid(void)")
def process_number() -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int getppid(void)")
def parent_number() -> CInt:
    raise NotImplementedError


@UNISTD_H.function("unsigned int getuid(void)")
def user_number() -> CUnsigned:
    raise NotImplementedError


@UNISTD_H.function("unsigned int geteuid(void)")
def effective_user() -> CUnsigned:
    raise NotImplementedError


@UNISTD_H.function("unsigned int getgid(void)")
def group_number() -> CUnsigned:
    raise NotImplementedError


@UNISTD_H.function("int fork(void)")
def fork() -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int execve(const char *, char *const *, char *const *)")
def execute(path: CText, arguments: CAddress, environment: CAddress) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("void _exit(int)")
def leave_at_once(code: CInt) -> None:
    raise NotImplementedError


@UNISTD_H.function("int setsid(void)")
def new_process_group() -> CInt:
    raise NotImplementedError


@WAIT_H.function("int waitpid(int, int *, int)")
def wait_for_process(process: CInt, status: CWords, options: CInt) -> CInt:
    raise NotImplementedError


@SIGNAL_H.function("int kill(int, int)")
def send_signal(process: CInt, number: CInt) -> CInt:
    raise NotImplementedError
