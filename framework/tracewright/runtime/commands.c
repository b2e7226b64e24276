/* tracewright.core.processes: other programs, run to their end. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "internal.h"

/* What a stream has said so far; at most `most` bytes are kept (-1: all). */
struct stream {
    int descriptor;
    char *data;
    size_t used, room;
    int64_t most;
    int cut;
};

struct run {
    pid_t *processes;
    int count;
    int input; /* descriptor that the first command reads from, or -1 */
    struct stream output, errors;
};

static void close_open(int *descriptor) {
    if (*descriptor >= 0) close(*descriptor);
    *descriptor = -1;
}

/* Pointers to the words of a row of texts that a zero byte ends each, from `text` up to an empty one or `end`; of each, so many
 * bytes at its head are skipped. */
static char **pointers(char *text, char *end, int skipped, char **after) {
    size_t count = 0;
    char *word = text;
    for (; word < end && *word; word += strlen(word) + 1) count++;
    char **list = malloc((count + 1) * sizeof *list);
    if (!list) return NULL;
    word = text;
    for (size_t i = 0; i < count; i++, word += strlen(word) + 1) list[i] = word + skipped;
    list[count] = NULL;
    if (after) *after = word < end ? word + 1 : word;
    return list;
}

/* Start a command in the process group of the first; 0 or the error number. */
static int start(struct run *run, char **words, char **environment, int input, int output, int errors) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure) return failure;
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input, 0);
    posix_spawn_file_actions_adddup2(&actions, output, 1);
    posix_spawn_file_actions_adddup2(&actions, errors, 2);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGINT);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, run->count ? run->processes[0] : 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    failure = posix_spawnp(&run->processes[run->count], words[0], &actions, &attributes, words, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (!failure) run->count++;
    return failure;
}

/* Start all commands, joined by pipes; 0 or the error number. */
static int start_all(struct run *run, char *commands, char *end, char **environment) {
    int next[2] = {-1, -1}, errors[2] = {-1, -1}, input[2] = {-1, -1};
    int failure = 0;
    if (pipe2(errors, O_CLOEXEC) || pipe2(input, O_CLOEXEC)) failure = errno;
    while (!failure && commands < end) {
        char **words = pointers(commands, end, 1, &commands);
        if (!words || pipe2(next, O_CLOEXEC)) {
            failure = words ? errno : ENOMEM;
        } else {
            failure = words[0] ? start(run, words, environment, input[0], next[1], errors[1]) : ENOENT;
            close_open(&next[1]);
            if (run->input < 0) {
                run->input = input[1];
                input[1] = -1;
            }
            close_open(&input[0]);
            input[0] = next[0];
            next[0] = -1;
        }
        free(words);
    }
    close_open(&errors[1]);
    close_open(&input[1]);
    run->output.descriptor = input[0];
    run->errors.descriptor = errors[0];
    return failure;
}

static void end_all(struct run *run) {
    if (run->count) kill(-run->processes[0], SIGKILL);
}

/* Read once; at the end, and where reading fails, the descriptor is closed. */
static void read_some(struct stream *stream) {
    char part[1 << 16];
    ssize_t got = read(stream->descriptor, part, sizeof part);
    if (got < 0 && errno == EINTR) return;
    if (got <= 0) {
        close_open(&stream->descriptor);
        return;
    }
    size_t kept = (size_t)got;
    if (stream->most >= 0 && stream->used + kept > (size_t)stream->most) {
        kept = (size_t)stream->most - stream->used;
        stream->cut = 1;
    }
    if (stream->used + kept > stream->room) {
        char *longer = realloc(stream->data, stream->used + kept + stream->room);
        if (!longer) {
            stream->cut = 1;
            return;
        }
        stream->room += stream->used + kept;
        stream->data = longer;
    }
    memcpy(stream->data + stream->used, part, kept);
    stream->used += kept;
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Feed and read until all that was started has closed its ends; gives whether the time was over. */
static int attend(struct run *run, const char *text, size_t count, int64_t nanoseconds) {
    int timed_out = 0;
    int64_t deadline = nanoseconds < 0 ? -1 : now() + nanoseconds;
    if (count) fcntl(run->input, F_SETFL, O_NONBLOCK);
    else close_open(&run->input);
    while (run->output.descriptor >= 0 || run->errors.descriptor >= 0) {
        struct pollfd polled[3] = {
            {run->output.descriptor, POLLIN, 0}, {run->errors.descriptor, POLLIN, 0}, {run->input, POLLOUT, 0}};
        int64_t left = deadline < 0 ? 0 : deadline - now();
        struct timespec limit = {left > 0 ? left / 1000000000 : 0, left > 0 ? left % 1000000000 : 0};
        int ready = ppoll(polled, 3, deadline < 0 ? NULL : &limit, NULL);
        if (ready == 0 || tw_interrupted) {
            timed_out = ready == 0;
            deadline = -1;
            end_all(run);
            if (tw_interrupted) break;
        }
        if (ready <= 0) continue;
        if (polled[0].revents) read_some(&run->output);
        if (polled[1].revents) read_some(&run->errors);
        if (polled[2].revents) {
            ssize_t put = write(run->input, text, count);
            if (put > 0) text += put, count -= (size_t)put;
            if ((put < 0 && errno != EAGAIN && errno != EINTR) || !count) close_open(&run->input);
        }
    }
    return timed_out;
}

int64_t tw_run_commands(
    int64_t commands, int64_t variables, int64_t text, int64_t nanoseconds, int64_t most_bytes, int64_t result) {
    char *words = (char *)tw_bytes_data(commands), *ends = words + TW_WORD(commands, TW_BYTES_LENGTH);
    char *named = (char *)tw_bytes_data(variables);
    struct run run = {.input = -1};
    int status = 0, timed_out = 0;
    run.output = run.errors = (struct stream){.descriptor = -1, .most = most_bytes};
    tw_flush_output();
    if (tw_exception) return 0;
    run.processes = malloc((size_t)(ends - words + 1) * sizeof *run.processes);
    char **environment = pointers(named, named + TW_WORD(variables, TW_BYTES_LENGTH), 0, NULL);
    int failure = run.processes && environment ? start_all(&run, words, ends, environment) : ENOMEM;
    if (failure) end_all(&run);
    else timed_out = attend(&run, tw_bytes_data(text), (size_t)TW_WORD(text, TW_BYTES_LENGTH), nanoseconds);
    close_open(&run.input);
    close_open(&run.output.descriptor);
    close_open(&run.errors.descriptor);
    for (int i = 0; i < run.count; i++) {
        while (waitpid(run.processes[i], &status, 0) < 0 && errno == EINTR) continue;
    }
    int64_t both = 0;
    if (failure) {
        tw_raise_os_error(failure);
    } else if ((both = tw_new_bytes((int64_t)(run.output.used + run.errors.used)))) {
        char *place = (char *)tw_bytes_data(both);
        if (run.output.used) memcpy(place, run.output.data, run.output.used);
        if (run.errors.used) memcpy(place + run.output.used, run.errors.data, run.errors.used);
        TW_ITEM(result, 0) = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
        TW_ITEM(result, 1) = timed_out;
        TW_ITEM(result, 2) = (int64_t)run.output.used;
        TW_ITEM(result, 3) = run.output.cut;
        TW_ITEM(result, 4) = run.errors.cut;
    }
    free(run.output.data);
    free(run.errors.data);
    free(run.processes);
    free(environment);
    return both;
}
