// Pipelines of map, filter and reduce with closures that capture.
const makeAdder = (n) => (x) => x + n;
const makeTest = (n) => (x) => x % n !== 0;

function pipeline(items, n) {
    const added = items.map(makeAdder(n));
    const kept = added.filter(makeTest(n + 2));
    const squared = kept.map((x) => (x * x) % 1009);
    return squared.reduce((total, x) => (total * 7 + x) % 1000003, 0);
}

function run() {
    const items = [];
    for (let i = 0; i < 300; i++) items.push((i * 37) % 211);
    let total = 0;
    for (let n = 0; n < 120; n++) total = (total + pipeline(items, (n % 9) + 1)) % 1000003;
    return total;
}
