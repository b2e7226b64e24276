"""Writing arrays: the primes below three million by crossing out."""


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


print(count_primes(3000000))
