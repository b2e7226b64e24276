"""Shortest ways over a grid of weights, with a binary heap in two lists."""


def run():
    size = 100
    weights = []
    best = []
    seed = 7
    for _ in range(size * size):
        seed = seed * 16807 % 2147483647
        weights.append(seed % 9 + 1)
        best.append(1000000000)
    keys = [0]
    items = [0]
    count = 1
    best[0] = 0
    visited = 0
    while count > 0:
        key = keys[0]
        item = items[0]
        count -= 1
        keys[0] = keys[count]
        items[0] = items[count]
        place = 0
        while True:
            child = 2 * place + 1
            if child >= count:
                break
            if child + 1 < count and keys[child + 1] < keys[child]:
                child += 1
            if keys[place] <= keys[child]:
                break
            keys[place], keys[child] = keys[child], keys[place]
            items[place], items[child] = items[child], items[place]
            place = child
        if key == best[item]:
            visited += 1
            x = item % size
            y = item // size
            for side in range(4):
                nx = x
                ny = y
                if side == 0:
                    nx = x + 1
                elif side == 1:
                    nx = x - 1
                elif side == 2:
                    ny = y + 1
                else:
                    ny = y - 1
                if nx >= 0 and nx < size and ny >= 0 and ny < size:
                    next = ny * size + nx
                    way = key + weights[next]
                    if way < best[next]:
                        best[next] = way
                        if count < len(keys):
                            keys[count] = way
                            items[count] = next
                        else:
                            keys.append(way)
                            items.append(next)
                        up = count
                        count += 1
                        while up > 0:
                            parent = (up - 1) // 2
                            if keys[parent] <= keys[up]:
                                break
                            keys[up], keys[parent] = keys[parent], keys[up]
                            items[up], items[parent] = items[parent], items[up]
                            up = parent
    return best[size * size - 1] * 10000 + visited % 10000 + best[size - 1]
