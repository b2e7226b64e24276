// A dictionary with int keys: filled, changed, read. C has none, so here is a small hash map that grows.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    int64_t *keys;
    int64_t *values;
    char *used;
    int64_t mask;
    int64_t count;
} Map;

static void map_init(Map *map, int64_t slots) {
    map->keys = malloc(slots * sizeof(int64_t));
    map->values = malloc(slots * sizeof(int64_t));
    map->used = calloc(slots, 1);
    map->mask = slots - 1;
    map->count = 0;
}

static int64_t map_slot(const Map *map, int64_t key) {
    int64_t slot = (int64_t)((uint64_t)key * 0x9e3779b97f4a7c15u >> 20) & map->mask;
    while (map->used[slot] && map->keys[slot] != key) {
        slot = (slot + 1) & map->mask;
    }
    return slot;
}

static void map_free(Map *map) {
    free(map->keys);
    free(map->values);
    free(map->used);
}

static void map_set(Map *map, int64_t key, int64_t value) {
    if (map->count * 2 > map->mask) {
        Map larger;
        map_init(&larger, (map->mask + 1) * 2);
        for (int64_t slot = 0; slot <= map->mask; slot++) {
            if (map->used[slot]) {
                map_set(&larger, map->keys[slot], map->values[slot]);
            }
        }
        map_free(map);
        *map = larger;
    }
    int64_t slot = map_slot(map, key);
    if (!map->used[slot]) {
        map->used[slot] = 1;
        map->keys[slot] = key;
        map->count++;
    }
    map->values[slot] = value;
}

static int64_t run(int64_t n) {
    Map squares;
    map_init(&squares, 16);
    for (int64_t i = 0; i < n; i++) {
        map_set(&squares, i, i * 2);
    }
    for (int64_t round = 0; round < 5; round++) {
        for (int64_t i = 0; i < n; i++) {
            map_set(&squares, i, squares.values[map_slot(&squares, i)] + round);
        }
    }
    int64_t total = 0;
    for (int64_t i = 0; i < n; i++) {
        total = total + squares.values[map_slot(&squares, i)];
    }
    map_free(&squares);
    return total;
}

int main(void) {
    printf("%ld\n", (long)run(500000));
    return 0;
}
