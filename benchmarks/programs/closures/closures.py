"""Function values that remember: adders made once and called in turn, counters made in the loop."""


def make_adder(amount):
    return lambda x: (x + amount) % 65536


def make_counter(start):
    count = start

    def counter():
        nonlocal count
        count = count + 1
        return count

    return counter


def run(n):
    adders = [make_adder(1), make_adder(20), make_adder(300), make_adder(4000)]
    total = 0
    for i in range(n):
        adder = adders[i % 4]
        total = adder(total)
        counter = make_counter(i)
        counter()
        total = total + counter() % 3
    return total


print(run(1200000))
