/* The terminal of standard input, key by key: core/terminal.py. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include "internal.h"

#define USUAL_COLUMNS 80

static struct termios before;
static int is_raw;

int64_t tw_set_raw_input(int64_t on) {
    if (on == is_raw) return 1;
    if (on) {
        if (tcgetattr(0, &before)) return 0;
        struct termios raw = before;
        cfmakeraw(&raw);
        if (tcsetattr(0, TCSADRAIN, &raw)) return 0;
    } else if (tcsetattr(0, TCSADRAIN, &before)) {
        return 0;
    }
    is_raw = on != 0;
    return 1;
}

int64_t tw_read_keys(void) {
    char keys[4096];
    ssize_t count;
    do count = read(0, keys, sizeof keys);
    while (count < 0 && errno == EINTR && !tw_interrupted);
    return tw_bytes_of(keys, count > 0 ? count : 0);
}

int64_t tw_terminal_columns(void) {
    struct winsize size;
    return ioctl(1, TIOCGWINSZ, &size) || size.ws_col == 0 ? USUAL_COLUMNS : size.ws_col;
}
