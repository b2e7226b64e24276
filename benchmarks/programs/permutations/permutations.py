"""Arrays that change in place, with branches: all permutations of 9 things, each an exchange from the last, three times."""


def run(n):
    order = []
    turns = []
    for i in range(n):
        order.append(i)
        turns.append(0)
    count = 1
    checksum = 0
    i = 0
    while i < n:
        if turns[i] < i:
            other = 0
            if i % 2 == 1:
                other = turns[i]
            moved = order[other]
            order[other] = order[i]
            order[i] = moved
            count = count + 1
            checksum = (checksum * 3 + order[0] * n + order[n - 1]) % 1000003
            turns[i] = turns[i] + 1
            i = 0
        else:
            turns[i] = 0
            i = i + 1
    print(count, checksum)


run(9)
run(9)
run(9)
