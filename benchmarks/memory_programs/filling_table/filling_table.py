"""A table that is filled and emptied by each step: at 1000 MB, a million entries."""

entries = 0


def prepare(megabytes):
    global entries
    entries = megabytes * 1000


def step(number):
    table = {}
    for i in range(entries):
        table[i] = i * 3
    total = number
    for i in range(entries):
        total += table[i]
        del table[i]
    return (total + len(table)) % 1000003
