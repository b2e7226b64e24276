"""Writing arrays: the primes below 10 000 by crossing out, three hundred times in one table that is filled anew each time."""


def count_primes(limit, rounds):
    prime = []
    for _ in range(limit):
        prime.append(True)
    count = 0
    for _ in range(rounds):
        for i in range(limit):
            prime[i] = True
        for i in range(2, limit):
            if prime[i]:
                count = count + 1
                for multiple in range(i * i, limit, i):
                    prime[multiple] = False
    return count


print(count_primes(10000, 300))
