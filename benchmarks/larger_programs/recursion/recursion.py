"""Calls: Fibonacci, Ackermann, and two functions that call each other."""

import sys

sys.setrecursionlimit(10000)


def fib(n):
    if n <= 1:
        return n
    return fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def is_even(n):
    if n == 0:
        return 1
    return is_odd(n - 1)


def is_odd(n):
    if n == 0:
        return 0
    return is_even(n - 1)


def run():
    total = fib(26) + ackermann(2, 250)
    for i in range(100):
        total += is_even(i * 5)
    return total
