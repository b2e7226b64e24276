/* tracewright.core.system: files, output, clocks. Byte strings cross as references to `bytes` objects. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "internal.h"

static char output[1 << 16];
static size_t output_used;
static char input[1 << 16];
static size_t input_start, input_end;
static int lost; /* the error number of output that could not be written, until somebody is told */

/* 0 or the error number. */
static int write_all(int descriptor, const char *data, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, data, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        data += written;
        count -= (size_t)written;
    }
    return 0;
}

static void write_or_lose(int descriptor, const char *data, size_t count) {
    if (tw_host) {
        tw_host->write(descriptor, data, count);
        return;
    }
    int failure = write_all(descriptor, data, count);
    if (failure == EPIPE) _exit(141); /* the reader left; as if SIGPIPE had ended us */
    if (failure) lost = failure;
}

static void empty_output(void) {
    size_t used = output_used;
    output_used = 0;
    write_or_lose(1, output, used);
}

static void tell_of_loss(void) {
    int failure = lost;
    lost = 0;
    if (failure) tw_raise_os_error(failure);
}

void tw_flush_output(void) {
    empty_output();
    tell_of_loss();
}

void tw_write_output(int64_t bytes) {
    size_t count = (size_t)TW_WORD(bytes, TW_BYTES_LENGTH);
    if (count > sizeof output - output_used) empty_output();
    if (count > sizeof output) {
        write_or_lose(1, tw_bytes_data(bytes), count);
    } else {
        memcpy(output + output_used, tw_bytes_data(bytes), count);
        output_used += count;
    }
    tell_of_loss();
}

/* Raises nothing, because it is how errors are reported; what was lost is told by the next of the others. */
void tw_write_error(int64_t bytes) {
    empty_output();
    write_or_lose(2, tw_bytes_data(bytes), (size_t)TW_WORD(bytes, TW_BYTES_LENGTH));
}

int tw_finish_output(int code) {
    empty_output();
    if (!lost) return code;
    const char *texts[] = {"cannot write the output: ", strerror(lost), "\n"};
    for (int i = 0; i < 3; i++) write_all(2, texts[i], strlen(texts[i]));
    lost = 0;
    return code ? code : TW_EXIT_OUTPUT_LOST;
}

void tw_leave(int64_t code) {
    if (tw_host) {
        empty_output();
        tw_host->leave((int)code, NULL);
    }
    _exit(tw_finish_output((int)code));
}

int64_t tw_argument(int64_t index) {
    if (index < 0 || index + 1 >= tw_argument_count) return 0;
    const char *word = tw_argument_words[index + 1];
    return tw_bytes_of(word, (int64_t)strlen(word));
}

/* The whole of an open file in malloc'ed memory; 0 or the error number. Its size is only a hint: pipes have none. */
static int read_all(int descriptor, char **data, size_t *used) {
    struct stat status;
    if (fstat(descriptor, &status)) return errno;
    if (S_ISDIR(status.st_mode)) return EISDIR;
    size_t room = status.st_size > 0 ? (size_t)status.st_size + 1 : 4096;
    for (;;) {
        char *longer = realloc(*data, room);
        if (!longer) return ENOMEM;
        *data = longer;
        while (*used < room) {
            ssize_t count = read(descriptor, *data + *used, room - *used);
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return count < 0 ? errno : 0;
            *used += (size_t)count;
        }
        room *= 2;
    }
}

int64_t tw_read_file(int64_t path) {
    int descriptor = open(tw_bytes_data(path), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        tw_raise_os_error(errno);
        return 0;
    }
    char *data = NULL;
    size_t used = 0;
    int failure = read_all(descriptor, &data, &used);
    close(descriptor);
    int64_t result = 0;
    if (failure) tw_raise_os_error(failure);
    else result = tw_bytes_of(data, (int64_t)used);
    free(data);
    return result;
}

void tw_write_file(int64_t path, int64_t data) {
    int descriptor = open(tw_bytes_data(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        tw_raise_os_error(errno);
        return;
    }
    int failure = write_all(descriptor, tw_bytes_data(data), (size_t)TW_WORD(data, TW_BYTES_LENGTH));
    if (close(descriptor) && !failure) failure = errno;
    if (failure) tw_raise_os_error(failure);
}

int64_t tw_canonical_path(int64_t path) {
    char *found = realpath(tw_bytes_data(path), NULL);
    if (!found) {
        tw_raise_os_error(errno);
        return 0;
    }
    int64_t result = tw_bytes_of(found, (int64_t)strlen(found));
    free(found);
    return result;
}

void tw_forget_input(void) { input_start = input_end = 0; }

/* Output is flushed first, so that a prompt is seen. */
int64_t tw_read_line(void) {
    empty_output();
    char *line = NULL;
    size_t length = 0;
    for (;;) {
        if (input_start == input_end) {
            ssize_t count = tw_host ? tw_host->read(input, sizeof input) : read(0, input, sizeof input);
            if (count < 0 && errno == EINTR && !tw_interrupted) continue;
            input_start = 0;
            input_end = count > 0 ? (size_t)count : 0;
            if (count <= 0) break;
        }
        char *newline = memchr(input + input_start, '\n', input_end - input_start);
        size_t stop = newline ? (size_t)(newline - input) + 1 : input_end;
        char *longer = realloc(line, length + (stop - input_start));
        if (!longer) break;
        line = longer;
        memcpy(line + length, input + input_start, stop - input_start);
        length += stop - input_start;
        input_start = stop;
        if (newline) break;
    }
    int64_t result = tw_bytes_of(line, (int64_t)length);
    free(line);
    return result;
}

int64_t tw_error_text(int64_t number) {
    const char *text = strerror((int)number);
    return tw_bytes_of(text, (int64_t)strlen(text));
}

static int64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t tw_monotonic_nanoseconds(void) { return nanoseconds(CLOCK_MONOTONIC); }
int64_t tw_wall_nanoseconds(void) { return nanoseconds(CLOCK_REALTIME); }

int64_t tw_environment_variable(int64_t name) {
    const char *text = getenv(tw_bytes_data(name));
    return text ? tw_bytes_of(text, (int64_t)strlen(text)) : 0;
}

/* Pairs of words in an array: a descriptor, and its interest (1: reading, 2: writing), which becomes what it is ready for. */
int64_t tw_wait_for_descriptors(int64_t requests, int64_t count, int64_t nanoseconds) {
    struct pollfd few[64], *polled = few;
    struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    if (nanoseconds != 0) empty_output();
    if (count > 64 && !(polled = malloc((size_t)count * sizeof *polled))) {
        tw_raise_os_error(ENOMEM);
        return 0;
    }
    for (int64_t i = 0; i < count; i++) {
        int64_t interest = TW_ITEM(requests, 2 * i + 1);
        short events = (short)((interest & 1 ? POLLIN : 0) | (interest & 2 ? POLLOUT : 0));
        polled[i] = (struct pollfd){(int)TW_ITEM(requests, 2 * i), events, 0};
    }
    int ready = ppoll(polled, (nfds_t)count, nanoseconds < 0 ? NULL : &limit, NULL);
    int failure = ready < 0 && errno != EINTR ? errno : 0;
    for (int64_t i = 0; i < count; i++) {
        short found = ready > 0 ? polled[i].revents : 0;
        if (found & (POLLERR | POLLHUP | POLLNVAL)) found |= POLLIN | POLLOUT;
        TW_ITEM(requests, 2 * i + 1) &= (found & POLLIN ? 1 : 0) | (found & POLLOUT ? 2 : 0);
    }
    if (polled != few) free(polled);
    if (failure) tw_raise_os_error(failure);
    else tell_of_loss();
    return ready > 0 ? ready : 0;
}

int64_t tw_is_terminal(int64_t descriptor) { return !tw_host && isatty((int)descriptor); }
