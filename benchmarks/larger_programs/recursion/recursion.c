/* Calls: Fibonacci, Ackermann, and two functions that call each other. */
__attribute__((noinline)) static long fib(long n)
{
    if (n <= 1)
        return n;
    return fib(n - 1) + fib(n - 2);
}

__attribute__((noinline)) static long ackermann(long m, long n)
{
    if (m == 0)
        return n + 1;
    if (n == 0)
        return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

static long is_odd(long n);

__attribute__((noinline)) static long is_even(long n)
{
    if (n == 0)
        return 1;
    return is_odd(n - 1);
}

__attribute__((noinline)) static long is_odd(long n)
{
    if (n == 0)
        return 0;
    return is_even(n - 1);
}

long run(void)
{
    long total = fib(26) + ackermann(2, 250);
    for (long i = 0; i < 100; i++)
        total += is_even(i * 5);
    return total;
}
