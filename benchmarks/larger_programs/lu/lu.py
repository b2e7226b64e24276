"""LU decomposition of a matrix of floats, a list of rows, with pivots."""


def make(size):
    rows = []
    seed = 3
    for _ in range(size):
        row = []
        for _ in range(size):
            seed = seed * 16807 % 2147483647
            row.append((seed % 1000) / 100)
        rows.append(row)
    return rows


def run():
    size = 120
    m = make(size)
    sign = 1.0
    for k in range(size):
        pivot = k
        for i in range(k + 1, size):
            if abs(m[i][k]) > abs(m[pivot][k]):
                pivot = i
        if pivot != k:
            m[k], m[pivot] = m[pivot], m[k]
            sign = -sign
        for i in range(k + 1, size):
            factor = m[i][k] / m[k][k]
            m[i][k] = factor
            for j in range(k + 1, size):
                m[i][j] = m[i][j] - factor * m[k][j]
    total = 0.0
    for k in range(size):
        total += abs(m[k][k])
    return int(total * sign * 1000)
