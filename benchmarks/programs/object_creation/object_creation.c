// Small objects that live for one turn of the loop, and one in a hundred that stays.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int64_t id;
    int64_t weight;
    const char *name;
} Item;

static Item *make(int64_t i) {
    Item *item = malloc(sizeof *item);
    item->id = i;
    item->weight = (i * 13) % 101;
    item->name = "item";
    return item;
}

static int64_t run(int64_t n) {
    Item **kept = malloc((n / 100 + 1) * sizeof *kept);
    int64_t kept_count = 0;
    int64_t total = 0;
    for (int64_t i = 0; i < n; i++) {
        Item *item = make(i);
        total = total + item->weight + (int64_t)strlen(item->name);
        if (item->id % 100 == 0) {
            kept[kept_count++] = item;
        } else {
            free(item);
        }
    }
    for (int64_t i = 0; i < kept_count; i++) {
        total = total + kept[i]->id;
    }
    return total;
}

int main(void) {
    printf("%ld\n", (long)run(1500000));
    return 0;
}
