"""Slices of every built-in row beside their places one by one, and sets whose members come and go beside dicts."""

ENDS = [None, -9, -4, -1, 0, 1, 3, 5, 9]
ROWS = [[1, "b", 3.0, None, 5], (1, "b", 3.0, None, 5), "añ€😀e", b"\x00b\xffde", bytearray(b"abcde"), range(3, 18, 3), [], (), "", b""]


def slices(row):
    found = 0
    for start in ENDS:
        for stop in ENDS:
            for stride in (None, 1, -1, 2, -2, 3):
                part = row[start:stop:stride]
                assert type(part) is type(row), (row, part)
                places = range(len(row))[start:stop:stride]
                assert list(part) == [row[place] for place in places], (row, start, stop, stride, part)
                found += len(part)
            part = row[start:stop]
            assert list(part) == [row[place] for place in range(*slice(start, stop).indices(len(row)))]
    return found


for row in ROWS:
    print(type(row).__name__, slices(row))


def turned(numbers, turns):
    for turn in range(turns):
        numbers[: turn % 7] = numbers[turn % 7 :: -1][: turn % 7]
        numbers[turn % 5 : turn % 3] = numbers[-1:]
        del numbers[20:]
    return numbers


print(turned(list(range(12)), 100))
print(b"abc"[1:2] is b"xbx"[1:2], b"abc".find(b"c"), b"abcabc".find(b"ca", 1), b"abc".find(b"c", 0, 2), b"abc".find(b"", 3), b"abc".find(b"", 4))


def members(numbers, kind):
    """A set that grows and shrinks over the sizes of its table."""
    known, model = set(), {}
    seen = 0
    for turn, number in enumerate(numbers):
        if turn % 3 == 2 and known:
            taken = min(known) if turn % 2 else max(known)
            known.discard(taken)
            del model[taken]
        known.add(number)
        model[number] = True
        assert len(known) == len(model)
        part = kind(number for number in model if number % 5)
        assert part <= known and (part < known) == (len(part) < len(known)), (part, known)
        assert all(member in model for member in known)
        assert known - part == {number for number in model if not number % 5}
        assert known & part == part and part | known == known and sorted(known ^ part) == sorted(known - part)
        assert not known <= part or len(part) == len(known)
        seen += len(part)
    return seen, sorted(known), list(known)


for kind in (set, frozenset):
    print(kind.__name__, members([number * 37 % 101 for number in range(90)], kind))
    print(kind.__name__, members([number * 7919 % 1009 for number in range(110)], kind)[:2])
few = {3, 11, 19, 67}
few.remove(11)
few |= {63, 64, 127}
print(sorted(few), sorted(list(few)), few.pop() in (3, 19, 64), len(few), max(few) == 127, sorted(few.copy()), sorted({number for number in few if number > 66}))
few.clear()
print(few, few <= set(), list(few))
print(min([3, 1, 2, 1.0]), max([1, True, 2, 2.0]), min([True, 1]), min([2.5, 1, 7]), max([2**70, 1, 2**71]), min("b", "a"), max([1, 2, 3], key=lambda number: -number))
