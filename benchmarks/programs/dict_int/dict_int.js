// A dictionary with int keys: filled, changed, read.
function run() {
    const n = 500000;
    const squares = new Map();
    for (let i = 0; i < n; i++) squares.set(i, i * 2);
    for (let round = 0; round < 5; round++) {
        for (let i = 0; i < n; i++) squares.set(i, squares.get(i) + round);
    }
    let total = 0;
    for (let i = 0; i < n; i++) total += squares.get(i);
    return total;
}
