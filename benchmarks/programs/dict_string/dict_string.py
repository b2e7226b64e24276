"""A dictionary with string keys, which are made anew for each use: count how often each of 5000 names comes up."""


def run(n):
    counts = {}
    for i in range(n):
        name = "key_" + str((i * 7919) % 5000)
        if name in counts:
            counts[name] = counts[name] + i % 3
        else:
            counts[name] = 1
    total = 0
    for name in counts:
        total = total + counts[name] * len(name)
    return total


print(run(1200000))
