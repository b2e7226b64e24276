// Counting loops, three deep, with integer arithmetic inside.
function run() {
    const n = 220;
    let total = 0;
    for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
            for (let k = 0; k < n; k++) total = total + ((i * j + k) % 7);
        }
    }
    return total;
}
