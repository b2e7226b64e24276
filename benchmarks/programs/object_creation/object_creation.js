// Small objects that live for one turn of the loop, and one in a hundred that stays.
function make(i) {
    return { id: i, weight: (i * 13) % 101, name: "item" };
}

function run() {
    const kept = [];
    let total = 0;
    for (let i = 0; i < 1500000; i++) {
        const item = make(i);
        total = total + item.weight + item.name.length;
        if (item.id % 100 === 0) kept.push(item);
    }
    for (const item of kept) total = total + item.id;
    return total;
}
