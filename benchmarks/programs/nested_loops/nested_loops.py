"""Counting loops, three deep, with integer arithmetic inside."""


def run(n):
    total = 0
    for i in range(n):
        for j in range(n):
            for k in range(n):
                total = total + (i * j + k) % 7
    return total


print(run(220))
