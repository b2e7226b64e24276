/* The way into a library: a host process hands over requests, and the program answers each by one run of its entry function.
 *
 * The program keeps its own native stack, which it runs on only while a request is answered. It writes into buffers instead
 * of the host's output, installs no signal handlers, and where an executable would end the process it ends the request;
 * after an internal error nothing more can be asked, because nobody knows what state the heap is in. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include "internal.h"

#define EXPORT __attribute__((visibility("default")))

/* What tw_library_request gives; embed.py has the same numbers. */
enum status { ANSWERED, INTERRUPTED, UNCAUGHT, DEAD, OUTPUT_FULL };
/* What tw_library_text can be asked for. */
enum text_kind { REPLY, OUTPUT, ERRORS, MESSAGE, TEXT_KINDS };

struct text {
    char *data;
    size_t used, room;
};

static struct text texts[TEXT_KINDS];
static const char *request, *input;
static size_t request_length, input_length, input_used, output_limit;
static enum status status;
static int started, replied;
static jmp_buf way_out;

/* 0 where there is no memory for it. */
static int append(struct text *text, const char *data, size_t count) {
    if (text->used + count > text->room) {
        size_t room = 2 * (text->used + count);
        char *longer = realloc(text->data, room);
        if (!longer) return 0;
        text->data = longer;
        text->room = room;
    }
    memcpy(text->data + text->used, data, count);
    text->used += count;
    return 1;
}

static void set_message(const char *message) {
    texts[MESSAGE].used = 0;
    append(&texts[MESSAGE], message, strlen(message));
}

/* --- what the program asks of its host ------------------------------------------------------------------------------- */
static void host_write(int descriptor, const char *data, size_t count) {
    size_t used = texts[OUTPUT].used + texts[ERRORS].used;
    size_t room = output_limit > used ? output_limit - used : 0;
    int kept = append(&texts[descriptor == 1 ? OUTPUT : ERRORS], data, count < room ? count : room);
    if (count > room || !kept) {
        status = OUTPUT_FULL;
        tw_interrupt(TW_INTERRUPTED_BY_KEYBOARD);
    }
}

static int64_t host_read(char *data, size_t room) {
    size_t count = input_length - input_used < room ? input_length - input_used : room;
    memcpy(data, input + input_used, count);
    input_used += count;
    return (int64_t)count;
}

static void host_leave(int code, const char *message) {
    char text[64];
    if (!message) {
        snprintf(text, sizeof text, "the program ended the process with exit code %d", code);
        message = text;
    }
    set_message(message);
    status = DEAD;
    longjmp(way_out, 1);
}

static const struct tw_host host = {host_write, host_read, host_leave};

/* --- core/embedding.py ----------------------------------------------------------------------------------------------- */
int64_t tw_take_request(void) { return tw_bytes_of(request, (int64_t)request_length); }

void tw_give_reply(int64_t bytes) {
    replied = 1;
    texts[REPLY].used = 0;
    if (!append(&texts[REPLY], tw_bytes_data(bytes), (size_t)TW_WORD(bytes, TW_BYTES_LENGTH))) tw_raise_memory();
}

/* --- answering ------------------------------------------------------------------------------------------------------- */
static void answer(void) {
    if (setjmp(way_out)) return;
    if (!started) tw_initialize_program();
    started = 1;
    if (!tw_exception) tw_main();
    int64_t error = tw_take_exception();
    tw_finish_output(0);
    if (!error) {
        if (!replied) {
            set_message("the language answers no requests: its `main` must call `run_command` or `run_language` of "
                        "tracewright/guest/command.py, or its target have a function `library` (tracewright/guest/embedding.py)");
            status = UNCAUGHT;
        }
        return;
    }
    if (error == tw_keyboard_interrupt) {
        if (status != OUTPUT_FULL) status = INTERRUPTED;
        return;
    }
    char text[512];
    tw_describe_exception(error, text, sizeof text);
    set_message(text);
    status = UNCAUGHT;
}

/* Prepare the library; an empty text, or why it cannot be used. Once per process: the heap has a fixed address. */
EXPORT const char *tw_library_start(void) {
    if (tw_host || !tw_heap_is_free()) return "a language already lives in this process; there is room for one";
    if (setjmp(way_out)) {
        append(&texts[MESSAGE], "", 1);
        return texts[MESSAGE].data;
    }
    tw_host = &host;
    tw_start();
    return "";
}

/* Run the entry function for one request. Limits of 0 are none. */
EXPORT int tw_library_request(const char *data, int64_t length, const char *standard_input, int64_t standard_input_length,
                              int64_t memory_limit, int64_t bytes_of_output) {
    if (status == DEAD) return DEAD;
    request = data;
    request_length = (size_t)length;
    input = standard_input;
    input_length = (size_t)standard_input_length;
    input_used = 0;
    output_limit = bytes_of_output > 0 ? (size_t)bytes_of_output : SIZE_MAX;
    for (int kind = 0; kind < TEXT_KINDS; kind++) texts[kind].used = 0;
    status = ANSWERED;
    replied = 0;
    tw_exception = 0;
    tw_interrupted = 0; /* one that came too late for the request before */
    tw_restore_limits();
    tw_forget_input();
    tw_set_memory_limit(memory_limit);
    tw_run_on_stack(answer);
    return status;
}

/* End the running request as Ctrl-C would; for any thread. */
EXPORT void tw_library_interrupt(void) { tw_interrupt(TW_INTERRUPTED_BY_KEYBOARD); }

/* One of the last request's texts; valid until the next request. */
EXPORT const char *tw_library_text(int kind, int64_t *length) {
    *length = (int64_t)texts[kind].used;
    return texts[kind].data ? texts[kind].data : "";
}
