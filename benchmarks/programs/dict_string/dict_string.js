// A dictionary with string keys, which are made anew for each use: count how often each of 5000 names comes up.
function run() {
    const counts = new Map();
    for (let i = 0; i < 1200000; i++) {
        const name = "key_" + ((i * 7919) % 5000);
        if (counts.has(name)) counts.set(name, counts.get(name) + (i % 3));
        else counts.set(name, 1);
    }
    let total = 0;
    for (const [name, count] of counts) total += count * name.length;
    return total;
}
