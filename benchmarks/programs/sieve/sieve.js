// Writing arrays: the primes below 10 000 by crossing out, three hundred times in one table that is filled anew each time.
function run() {
    const limit = 10000;
    const prime = [];
    for (let i = 0; i < limit; i++) prime.push(true);
    let count = 0;
    for (let round = 0; round < 300; round++) {
        for (let i = 0; i < limit; i++) prime[i] = true;
        for (let i = 2; i < limit; i++) {
            if (prime[i]) {
                count = count + 1;
                for (let multiple = i * i; multiple < limit; multiple += i) prime[multiple] = false;
            }
        }
    }
    return count;
}
