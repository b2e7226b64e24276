"""Writing arrays: the primes below 10 000 by crossing out, three hundred times (a table that fits the caches)."""


def count_primes(limit):
    prime = []
    for _ in range(limit):
        prime.append(True)
    count = 0
    for i in range(2, limit):
        if prime[i]:
            count = count + 1
            for multiple in range(i * i, limit, i):
                prime[multiple] = False
    return count


total = 0
for _ in range(300):
    total = total + count_primes(10000)
print(total)
