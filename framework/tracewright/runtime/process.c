/* The way into an executable: the program is the process. */
#include "internal.h"

static int exit_code;

static void report_uncaught(void) {
    int64_t error = tw_take_exception();
    if (error == tw_keyboard_interrupt) {
        exit_code = TW_EXIT_INTERRUPTED;
        return;
    }
    char text[512];
    tw_describe_exception(error, text, sizeof text);
    tw_internal_error(text);
}

/* --- core/embedding.py: no host asks anything ------------------------------------------------------------------------ */
int64_t tw_take_request(void) { return 0; }

void tw_give_reply(int64_t bytes) {
    (void)bytes;
    tw_internal_error("a reply to no request");
}

static void run(void) {
    tw_initialize_program();
    if (!tw_exception) exit_code = (int)tw_main();
    if (tw_exception) report_uncaught();
}

int main(int count, char **words) {
    tw_argument_count = count;
    tw_argument_words = words;
    tw_start();
    tw_install_signal_handlers();
    tw_run_on_stack(run);
    return tw_finish_output(exit_code);
}
