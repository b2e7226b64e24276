"""The edit distance of texts, two rows of a table at a time."""


def make_text(seed, length):
    made = ""
    for _ in range(length):
        seed = seed * 16807 % 2147483647
        made += "abcd"[seed % 4 : seed % 4 + 1]
    return made


def distance(a, b):
    row = []
    for j in range(len(b) + 1):
        row.append(j)
    for i in range(1, len(a) + 1):
        diagonal = row[0]
        row[0] = i
        for j in range(1, len(b) + 1):
            cost = diagonal
            if a[i - 1] != b[j - 1]:
                cost += 1
            diagonal = row[j]
            if row[j] + 1 < cost:
                cost = row[j] + 1
            if row[j - 1] + 1 < cost:
                cost = row[j - 1] + 1
            row[j] = cost
    return row[len(b)]


def run():
    total = 0
    for k in range(1, 5):
        total = total * 1000 + distance(make_text(k, 200), make_text(k + 10, 180 + k))
    return total
