# The order in which sets of numbers have their members after random steps: it depends on the steps and nothing else.
state = 12345
def rnd(n):
    global state
    state = (state * 1103515245 + 12345) % 2147483648
    return (state >> 8) % n
def numbers(n, top):
    return [rnd(top) - rnd(3) for _ in range(n)]
def show(s):
    r = 0
    for x in s:
        r = (r * 31 + x) % 1000000007
    return len(s), r
def other(top):
    n = rnd(60)
    k = rnd(8)
    data = numbers(n, top)
    if k == 0: return data
    if k == 1: return dict.fromkeys(data)
    if k == 2: return dict.fromkeys(data).keys()
    if k == 3: return frozenset(data)
    if k == 4: return range(rnd(40), rnd(300), 1 + rnd(7))
    if k == 5: return iter(data)
    return set(data)
for round in range(40):
    top = (20, 100, 1000, 100000)[rnd(4)]
    s = set(numbers(rnd(80), top))
    log = []
    for step in range(20):
        k = rnd(22)
        o = other(top)
        t = o if isinstance(o, (set, frozenset)) else set(o)
        if k == 0: s.add(rnd(top))
        elif k == 1: s.discard(rnd(top))
        elif k == 2 and s: log.append(s.pop())
        elif k == 3: s.update(o)
        elif k == 4: s.difference_update(o)
        elif k == 5: s.intersection_update(set(range(top)) | t)
        elif k == 6: s.symmetric_difference_update(o)
        elif k == 7: s |= t
        elif k == 8: s -= t
        elif k == 9: s &= t | s
        elif k == 10: s ^= t
        elif k == 11: log.append(show(s | t))
        elif k == 12: log.append(show(s & t))
        elif k == 13: log.append(show(s - t)); log.append(show(t - s))
        elif k == 14: log.append(show(s ^ t))
        elif k == 15: log.append(show(s.union(t, [1, 2, 3]))); log.append(show(s.intersection(t, range(50))))
        elif k == 16: log.append(show(s.difference(t, [1, 2], dict.fromkeys([5])))); log.append(show(s.difference(dict.fromkeys(t))))
        elif k == 17: s = s.copy()
        elif k == 18: s = set(list(s))
        elif k == 19: log.append(show(frozenset(s))); log.append(show({x + 1 for x in s}))
        elif k == 20:
            d = dict.fromkeys(t).keys()
            e = dict.fromkeys(s).keys()
            log.append([show(d & s), show(d | s), show(d - s), show(d ^ s), show(s & d), show(s | d), show(d & e), show(e - d)])
        elif k == 21 and len(s) > 40: s.clear(); s.update(t)
    print(round, show(s), log)
print({40, 3, 17, 33, 65}, {100, 9, 50, 3, 7, 64, 128}, {5.0, 1, 17, 33, -4, True, 129}, frozenset({8, 16, 24, 32, 0}))
