// Reading arrays: fill one with 10000 numbers, then add them up many times.
function filled(n) {
    const numbers = [];
    for (let i = 0; i < n; i++) numbers.push((i * 7919) % 1009);
    return numbers;
}

function totalOf(numbers) {
    let total = 0;
    for (let i = 0; i < numbers.length; i++) total += numbers[i];
    return total;
}

function run() {
    const numbers = filled(10000);
    let total = 0;
    for (let round = 0; round < 1500; round++) total += totalOf(numbers) + round;
    return total;
}
