/* tracewright.core.files: files and folders, the current folder, the environment. Failures raise OSError. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "internal.h"

/* Indexed by `how` of open_descriptor. */
static const int open_flags[] = {
    O_RDONLY,
    O_WRONLY | O_CREAT | O_EXCL,
    O_WRONLY | O_CREAT | O_TRUNC,
    O_WRONLY | O_CREAT | O_APPEND,
    O_WRONLY | O_CREAT,
};

int64_t tw_open_descriptor(int64_t path, int64_t how) {
    int descriptor = open(tw_bytes_data(path), open_flags[how] | O_CLOEXEC, 0666);
    if (descriptor >= 0) return descriptor;
    tw_raise_os_error(errno);
    return 0;
}

static void raise_if(int failed) {
    if (failed) tw_raise_os_error(errno);
}

void tw_close_descriptor(int64_t descriptor) { raise_if(close((int)descriptor)); }

/* Bytes that grow, in malloc'ed memory; `failure` is an error number. */
struct growing {
    char *data;
    size_t used, room;
    int failure;
};

static int make_room(struct growing *text, size_t more) {
    if (text->used + more <= text->room) return 1;
    size_t room = text->used + more + text->room;
    char *longer = realloc(text->data, room);
    if (!longer) {
        text->failure = ENOMEM;
        return 0;
    }
    text->data = longer;
    text->room = room;
    return 1;
}

/* A bytes object of it, or the error; the memory is given back. */
static int64_t finish(struct growing *text) {
    int64_t result = 0;
    if (text->failure) tw_raise_os_error(text->failure);
    else result = tw_bytes_of(text->data, (int64_t)text->used);
    free(text->data);
    return result;
}

int64_t tw_read_descriptor(int64_t descriptor, int64_t offset, int64_t count) {
    struct growing text = {0};
    while (count < 0 || text.used < (size_t)count) {
        size_t wanted = count < 0 || (size_t)count - text.used > 1 << 16 ? 1 << 16 : (size_t)count - text.used;
        if (!make_room(&text, wanted)) break;
        char *place = text.data + text.used;
        ssize_t got = offset < 0 ? read((int)descriptor, place, wanted)
                                 : pread((int)descriptor, place, wanted, offset + (off_t)text.used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) text.failure = errno;
        if (got <= 0) break;
        text.used += (size_t)got;
    }
    return finish(&text);
}

void tw_write_descriptor(int64_t descriptor, int64_t offset, int64_t data) {
    size_t count = (size_t)TW_WORD(data, TW_BYTES_LENGTH), done = 0;
    while (done < count) {
        const char *rest = tw_bytes_data(data) + done;
        ssize_t put = offset < 0 ? write((int)descriptor, rest, count - done)
                                 : pwrite((int)descriptor, rest, count - done, offset + (off_t)done);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) {
            tw_raise_os_error(errno);
            return;
        }
        done += (size_t)put;
    }
}

void tw_truncate_file(int64_t path, int64_t length) { raise_if(truncate(tw_bytes_data(path), length)); }

static int64_t nanoseconds(struct timespec time) { return time.tv_sec * 1000000000 + time.tv_nsec; }

void tw_file_status(int64_t path, int64_t follow, int64_t status) {
    struct stat found;
    if (follow ? stat(tw_bytes_data(path), &found) : lstat(tw_bytes_data(path), &found)) {
        tw_raise_os_error(errno);
        return;
    }
    mode_t kind = found.st_mode & S_IFMT;
    TW_ITEM(status, 0) = kind == S_IFREG ? 1 : kind == S_IFDIR ? 2 : kind == S_IFLNK ? 3 : 0;
    TW_ITEM(status, 1) = found.st_size;
    TW_ITEM(status, 2) = found.st_mode & 07777;
    TW_ITEM(status, 3) = nanoseconds(found.st_mtim);
    TW_ITEM(status, 4) = nanoseconds(found.st_atim);
    TW_ITEM(status, 5) = nanoseconds(found.st_ctim);
}

static void put_text(struct growing *text, const char *more) {
    size_t length = strlen(more) + 1;
    if (!make_room(text, length)) return;
    memcpy(text->data + text->used, more, length);
    text->used += length;
}

int64_t tw_list_folder(int64_t path) {
    DIR *folder = opendir(tw_bytes_data(path));
    if (!folder) {
        tw_raise_os_error(errno);
        return 0;
    }
    struct growing text = {0};
    struct dirent *entry;
    errno = 0;
    while (!text.failure && (entry = readdir(folder))) {
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) put_text(&text, entry->d_name);
        errno = 0;
    }
    if (!text.failure) text.failure = errno;
    closedir(folder);
    return finish(&text);
}

void tw_make_folder(int64_t path) { raise_if(mkdir(tw_bytes_data(path), 0777)); }
void tw_remove_file(int64_t path) { raise_if(unlink(tw_bytes_data(path))); }
void tw_remove_folder(int64_t path) { raise_if(rmdir(tw_bytes_data(path))); }
void tw_rename_path(int64_t old, int64_t new) { raise_if(rename(tw_bytes_data(old), tw_bytes_data(new))); }
void tw_change_folder(int64_t path) { raise_if(chdir(tw_bytes_data(path))); }

int64_t tw_current_folder(void) {
    char *path = getcwd(NULL, 0);
    if (!path) {
        tw_raise_os_error(errno);
        return 0;
    }
    int64_t result = tw_bytes_of(path, (int64_t)strlen(path));
    free(path);
    return result;
}

int64_t tw_environment(void) {
    struct growing text = {0};
    for (char **variable = environ; variable && *variable; variable++) put_text(&text, *variable);
    return finish(&text);
}

void tw_set_environment_variable(int64_t name, int64_t text) {
    raise_if(setenv(tw_bytes_data(name), tw_bytes_data(text), 1));
}
