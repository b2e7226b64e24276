"""Reading arrays: fill one with 10000 numbers, then add them up many times."""


def filled(n):
    numbers = []
    for i in range(n):
        numbers.append((i * 7919) % 1009)
    return numbers


def total_of(numbers):
    total = 0
    for i in range(len(numbers)):
        total = total + numbers[i]
    return total


def run(rounds):
    numbers = filled(10000)
    total = 0
    for turn in range(rounds):
        total = total + total_of(numbers) + turn
    return total


print(run(1500))
