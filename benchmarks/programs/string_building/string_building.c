// Strings: lines of 100 digits put together one by one, collected in an array, joined.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *data;
    size_t length;
    size_t room;
} Text;

static void append(Text *text, const char *part, size_t length) {
    if (text->length + length + 1 > text->room) {
        text->room = (text->length + length + 1) * 2;
        text->data = realloc(text->data, text->room);
    }
    memcpy(text->data + text->length, part, length);
    text->length += length;
    text->data[text->length] = 0;
}

static Text line_of(int64_t number) {
    Text line = {0};
    for (int64_t i = 0; i < 100; i++) {
        char digits[24];
        int length = sprintf(digits, "%ld", (long)((number * 31 + i * i) % 10));
        append(&line, digits, length);
    }
    return line;
}

static Text run(int64_t n) {
    Text *lines = malloc(n * sizeof *lines);
    for (int64_t number = 0; number < n; number++) {
        lines[number] = line_of(number);
    }
    Text text = {0};
    for (int64_t number = 0; number < n; number++) {
        if (number > 0) {
            append(&text, ";", 1);
        }
        append(&text, lines[number].data, lines[number].length);
        free(lines[number].data);
    }
    free(lines);
    return text;
}

int main(void) {
    Text text = run(24000);
    printf("%zu %c %c %c\n", text.length, text.data[7], text.data[1000005], text.data[text.length - 1]);
    return 0;
}
