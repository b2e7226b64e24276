"""Writing arrays: the primes below 100 000 by crossing out, thirty times (a table that fits the caches)."""


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
for _ in range(30):
    total = total + count_primes(100000)
print(total)
