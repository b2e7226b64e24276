// Twelve branches that nothing predicts in each turn; both sides add a constant.
function run() {
    let seed = 42;
    let total = 0;
    for (let i = 0; i < 200000; i++) {
        seed = (seed * 16807) % 2147483647;
        let bits = seed;
        if (bits % 2 === 0) total += 1; else total += 2;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 3; else total += 4;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 5; else total += 6;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 7; else total += 8;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 9; else total += 10;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 11; else total += 12;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 13; else total += 14;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 15; else total += 16;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 17; else total += 18;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 19; else total += 20;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 21; else total += 22;
        bits = Math.floor(bits / 2);
        if (bits % 2 === 0) total += 23; else total += 24;
    }
    return total;
}
