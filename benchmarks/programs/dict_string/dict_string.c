// A dictionary with string keys, which are made anew for each use: count how often each of 5000 names comes up.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 16384 };

typedef struct {
    char *name;
    int64_t count;
} Entry;

static Entry *find(Entry *entries, const char *name) {
    uint64_t hash = 14695981039346656037u;
    for (const char *c = name; *c; c++) {
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    }
    uint64_t slot = hash % SLOTS;
    while (entries[slot].name && strcmp(entries[slot].name, name) != 0) {
        slot = (slot + 1) % SLOTS;
    }
    return &entries[slot];
}

static int64_t run(int64_t n) {
    Entry *entries = calloc(SLOTS, sizeof *entries);
    for (int64_t i = 0; i < n; i++) {
        char name[32];
        sprintf(name, "key_%ld", (long)(i * 7919 % 5000));
        Entry *entry = find(entries, name);
        if (entry->name) {
            entry->count = entry->count + i % 3;
        } else {
            entry->name = strdup(name);
            entry->count = 1;
        }
    }
    int64_t total = 0;
    for (int64_t slot = 0; slot < SLOTS; slot++) {
        if (entries[slot].name) {
            total = total + entries[slot].count * (int64_t)strlen(entries[slot].name);
        }
    }
    return total;
}

int main(void) {
    printf("%ld\n", (long)run(1200000));
    return 0;
}
