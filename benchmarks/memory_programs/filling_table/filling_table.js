// A table that is filled and emptied by each step: at 1000 MB, a million entries.

let entries = 0;

function prepare(megabytes) {
    entries = megabytes * 1000;
}

function step(number) {
    const table = new Map();
    for (let i = 0; i < entries; i++) table.set(i, i * 3);
    let total = number;
    for (let i = 0; i < entries; i++) {
        total += table.get(i);
        table.delete(i);
    }
    return (total + table.size) % 1000003;
}
