// Calls: Fibonacci, Ackermann, and two functions that call each other.
function fib(n) {
    if (n <= 1) return n;
    return fib(n - 1) + fib(n - 2);
}

function ackermann(m, n) {
    if (m === 0) return n + 1;
    if (n === 0) return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

function isEven(n) {
    if (n === 0) return 1;
    return isOdd(n - 1);
}

function isOdd(n) {
    if (n === 0) return 0;
    return isEven(n - 1);
}

function run() {
    let total = fib(26) + ackermann(2, 250);
    for (let i = 0; i < 100; i++) total += isEven(i * 5);
    return total;
}
