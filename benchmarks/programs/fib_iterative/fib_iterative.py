"""Local variables and additions: fib(70) + ... + fib(78), which every language here holds exactly, again and again."""


def fib(n):
    a = 0
    b = 1
    for _ in range(n):
        following = a + b
        a = b
        b = following
    return a


def run(rounds):
    total = 0
    for turn in range(rounds):
        total = (total + fib(70 + turn % 9)) % 1000000007
    return total


print(run(150000))
