// Function values that remember: adders made once and called in turn, counters made in the loop.
function makeAdder(amount) {
    return (x) => (x + amount) % 65536;
}

function makeCounter(start) {
    let count = start;
    return () => {
        count = count + 1;
        return count;
    };
}

function run() {
    const adders = [makeAdder(1), makeAdder(20), makeAdder(300), makeAdder(4000)];
    let total = 0;
    for (let i = 0; i < 1200000; i++) {
        const adder = adders[i % 4];
        total = adder(total);
        const counter = makeCounter(i);
        counter();
        total = total + (counter() % 3);
    }
    return total;
}
