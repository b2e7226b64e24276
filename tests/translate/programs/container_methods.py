"""Methods of list, dict, set and tuple, and containers made of anything that can be iterated."""

from tracewright.core.system import write_output


def show(text: str) -> None:
    write_output((text + "\n").encode())


def numbers(items: list[int]) -> str:
    return ",".join(str(item) for item in items)


def lists() -> None:
    items = [5, 3, 5]
    items.extend(number * 2 for number in [1, 2])
    items.extend(range(2))
    items.extend((8, 9))
    items.extend({7: "x"})
    items += (1, 2)
    items += [number for number in range(1)]
    show(numbers(items) + f" {items.index(5, 1)}")
    items[::3] = [0] * len(items[::3])
    show(numbers(items))
    del items[1::2]
    show(numbers(items))
    try:
        items[::2] = [1]
    except ValueError as error:
        show(str(error))


def sieve(limit: int) -> list[int]:
    is_prime = [True] * limit
    is_prime[0:2] = [False, False]
    for number in range(2, limit):
        if is_prime[number]:
            is_prime[number * number :: number] = [False] * len(is_prime[number * number :: number])
    return [number for number, prime in enumerate(is_prime) if prime]


def dicts() -> None:
    table = dict.fromkeys(["a", "b"], 0)
    table["c"] = 5
    key, value = table.popitem()
    show(f"{key}{value} {table.setdefault('z', 9)} {len(table)}")
    merged = table | {"y": 1}
    show(",".join(merged) + str(len(table)))
    pairs = dict([("p", 1), ("q", 2)])
    zipped = dict(zip(["m", "n"], [1, 2]))
    named = dict(pairs, x=1, y=2)
    show(f"{pairs['q']} {zipped['n']} {named['y'] + named['p']} {len(dict((n, n) for n in range(3)))}")
    show(f"{0 in table.values()} {'a' in table.keys()} {('a', 0) in table.items()}")
    empty: dict[str, int] = dict.fromkeys([], 1)
    try:
        empty.popitem()
    except KeyError:
        show("empty")


def sets() -> None:
    left, right = {1, 2, 3}, {3, 4}
    show(numbers(sorted(left ^ right)) + numbers(sorted(left.union([7]))) + numbers(sorted(left.intersection((3,)))))
    show(numbers(sorted(left.difference(right))) + numbers(sorted(left.symmetric_difference(range(3)))))
    show(f"{left.issubset(range(9))} {left.issuperset([1])} {left.isdisjoint(right)}")
    left.update([8, 9])
    left.update(number for number in range(2))
    show(numbers(sorted(left)))
    left.intersection_update([1, 8])
    left.symmetric_difference_update({8, 5})
    left.difference_update((5,))
    show(numbers(sorted(left)))
    single = {6}
    show(f"{single.pop()} {len(single)}")


def noted(order: list[str], name: str, number: int) -> int:
    order.append(name)
    return number


def tuples() -> None:
    triple = (1, 2, 3)
    joined = triple + ("x", 4.5)
    show(
        f"{2 in triple} {9 not in triple} {joined[3]} {len(joined)} {triple[1:][0]} {len(joined[::2])} {joined[-2:][0]}"
    )
    order: list[str] = []
    found = 1 in (noted(order, "first", 1), noted(order, "second", 2))
    show(f"{found} {' '.join(order)} {3 in [*triple]}")
    for part in ([], [1, 2], [3]):
        show(str(len(part)))


def unpacked() -> None:
    key, other = {"k": 1, "o": 2}
    show(key + other)
    try:
        key, other = {"k": 1}
    except ValueError:
        show("too few")


def main() -> int:
    lists()
    show(numbers(sieve(30)))
    dicts()
    sets()
    tuples()
    unpacked()
    return 0
