"""Built-in functions that call the program: generators and key functions in traces; slices, keys of dicts, sums of rows."""


def squares(n):
    for k in range(n):
        yield k * k


class Rows:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return squares(self.n)


class Down:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


def consumers(n):
    total = 0
    for k in range(n):
        total += sum(x * k for x in range(5))
        total += sum(squares(4), k)
        total += any(x == k for x in range(4)) + all(x < 50 for x in squares(k % 9))
        total += min(x - k for x in range(3)) + max(abs(x - k) for x in range(3))
        total += len(list(squares(k % 3))) + len(tuple(squares(2))) + len(set(x % 2 for x in range(6)))
        total += sum(Rows(3)) + sum(Down(3)) + max(Down(4))
    return total


print(consumers(60))
print(sorted(squares(5), reverse=True), sorted((x % 3, x) for x in range(5)))
print(sorted("banana split".split(), key=lambda w: (len(w), w)), sorted([3, -1, 2], key=abs, reverse=True))
words = ["pear", "fig", "apple", "kiwi"]
words.sort(key=len)
print(words)
words.sort(key=lambda w: w[-1], reverse=True)
print(words)
print(min(words, key=lambda w: w[1]), max(words, key=lambda w: w[1]), max(squares(4), key=lambda x: -x))
print(", ".join(str(x) for x in squares(5)), frozenset(x for x in (1, 1, 2)))
grown = [0]
grown.extend(x + 1 for x in range(3))
print(grown)
print(list(enumerate(squares(3))), list(map(lambda x: x + 1, squares(3))), list(filter(lambda x: x % 2, squares(6))))
print(type(map(lambda x: x, [])).__name__, type(filter(lambda x: x, [])).__name__, type(enumerate(squares(1))).__name__)
print(sum([x], []) if (x := [1, 2]) else None, sum((p for p in ([1], [2])), [0]))
m = map(lambda x: 10 // x, [5, 0, 2])
print(next(m))
try:
    next(m)
except ZeroDivisionError as e:
    print(e)
print(list(m))
for wrong in (
    lambda: sum(x for x in "ab"),
    lambda: sum((x for x in "ab"), ""),
    lambda: min(x for x in ()),
    lambda: max((x for x in ()), default="none"),
    lambda: map(len, 5),
    lambda: sorted([1, 2], key=lambda x: 1 / 0),
    lambda: sorted((x for x in (1, "a"))),
    lambda: "".join(x for x in (1, 2)),
    lambda: list(x for x in 5),
):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


def stopping(x):
    if x == 2:
        raise StopIteration
    return x


print(list(map(stopping, range(5))))
changing = [3, 1, 2]
try:
    changing.sort(key=lambda x: changing.append(x) or x)
except ValueError as e:
    print(e)
print(changing)


def slices(n):
    row = list(range(10))
    text = "tracewright"
    fixed = tuple(row)
    count = 0
    for k in range(n):
        a, b = k % 7 - 3, k % 5 + 2
        count += len(row[a:b]) + len(text[a:b]) * 10 + len(fixed[a:b]) * 100 + len(row[::-1][b:]) + len(fixed[b:a:-1])
        row[a:b] = row[b:a] + [k]
        row[:1] = (k, k + 1)
        row = row[-12:]
        count += len(text[k % 11 :: 2]) + ord(text[a:][:1])
    return count, row


print(slices(80))
print("abc"[1:2], "abc"[5:], [1, 2, 3][None:None:None], (1, 2, 3)[:: -(1 << 70)], [1, 2][-(1 << 70) : 1 << 70])
for wrong in (lambda: [1][::0], lambda: [1]["a":], lambda: "a"[1.5:]):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


class Point:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return isinstance(other, Point) and self.x == other.x

    def __hash__(self):
        return hash(self.x)


def keys(n):
    seen = {}
    members = set()
    for k in range(n):
        seen[k % 5, "a", (k % 2, None)] = k
        seen[frozenset((k % 3, 1))] = k
        seen[1.5 * (k % 4)] = k
        seen[Point(k % 3)] = k
        seen[Point] = k
        members.add((k % 4, k % 3))
        members.add(frozenset({k % 2}))
        members.add(Point(k % 5))
    return len(seen), len(members), seen[4, "a", (0, None)], seen[3.0], (1, 2) in members, Point(4) in members, Point(9) in members


print(keys(60))
print(hash((1, 2)) == hash((1.0, 2)), {(1, 2): "a"}[1.0, True + 1], {frozenset([1, 2]): 5}[frozenset((2, 1))])
for wrong in (lambda: {[]: 1}, lambda: {(1, []): 1}, lambda: {1}.add({})):
    try:
        print(wrong())
    except TypeError as e:
        print(e)


def powers(n):
    total = 0.0
    for k in range(1, n):
        total += k**0.5 + 1.5**k % 7 + k**2 - k**3 + 2**-k
        total += (k * 1.0) ** 2 + 2.0 ** (k % 5)
    return total


print(powers(40), (2**100) ** 2, 3**0, (-8) ** 3, 10**20)
for wrong in (lambda: 0.0**-1, lambda: 0**-1, lambda: 10.0**400):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


def joined(n):
    row = []
    pair = ()
    for k in range(n):
        row = row[-3:] + [k, k]
        row += [1]
        row += (2, 3)
        pair = pair[-2:] + (k, row[0])
    return row, pair


print(joined(50))


def target(a, b=2, *rest, c=3, **others):
    return a, b, rest, c, sorted(others.items())


def forward(*args, **kwargs):
    return target(*args, **kwargs)


def mixed(*args, **kwargs):
    kwargs["added"] = len(kwargs)
    return target(0, *args, *args, c=9, **kwargs, **{"last": 1})


def forwarding(n):
    count = 0
    for k in range(n):
        count += len(forward(k, 1, c=k)[4]) + len(forward(k, d=1, e=2)[4]) + len(forward(1, 2, 3, *range(k % 20))[2])
        count += len(mixed(k, x=1)[2]) + len(mixed(**{"y": k})[4])
        named = {"z": k, "w": 1}
        del named["z"]
        named["z"] = 2
        count += len(forward(1, **named)[4]) + len(forward(*[1, 2], **named, **{str(k % 3): 1})[4])
    return count


print(forwarding(60), forward(1, x=5, y=6), mixed(1, 2, q=3))


def keywords(**kw):
    kw["new"] = kw.pop("a") + kw.get("b", 0)
    return kw, "b" in kw, list(kw), kw == {"b": 2, "new": 3}, {**kw, "b": 5}, len(kw)


print(keywords(a=1, b=2))
for wrong in (
    lambda: forward(1, **{"a": 2}),
    lambda: target(1, c=1, **{"c": 2}),
    lambda: target(1, **{"c": 1}, **{"c": 2}),
    lambda: target(1, **{5: 2}),
    lambda: target(1, *5),
    lambda: target(1, **5),
    lambda: target(*(1, 2), a=3),
    lambda: target(**{"b": 1}),
):
    try:
        print(wrong())
    except TypeError as e:
        print(e)
