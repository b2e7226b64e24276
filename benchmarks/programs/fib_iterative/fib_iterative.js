// Local variables and additions: fib(70) + ... + fib(78), which every language here holds exactly, again and again.
function fib(n) {
    let a = 0;
    let b = 1;
    for (let i = 0; i < n; i++) {
        const following = a + b;
        a = b;
        b = following;
    }
    return a;
}

function run() {
    let total = 0;
    for (let round = 0; round < 150000; round++) total = (total + fib(70 + (round % 9))) % 1000000007;
    return total;
}
