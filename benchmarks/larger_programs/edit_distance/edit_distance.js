// The edit distance of texts, two rows of a table at a time.
function makeText(seed, length) {
    let made = "";
    for (let i = 0; i < length; i++) {
        seed = (seed * 16807) % 2147483647;
        made += "abcd".substring(seed % 4, (seed % 4) + 1);
    }
    return made;
}

function distance(a, b) {
    const row = [];
    for (let j = 0; j <= b.length; j++) row.push(j);
    for (let i = 1; i <= a.length; i++) {
        let diagonal = row[0];
        row[0] = i;
        for (let j = 1; j <= b.length; j++) {
            let cost = diagonal;
            if (a[i - 1] !== b[j - 1]) cost += 1;
            diagonal = row[j];
            if (row[j] + 1 < cost) cost = row[j] + 1;
            if (row[j - 1] + 1 < cost) cost = row[j - 1] + 1;
            row[j] = cost;
        }
    }
    return row[b.length];
}

function run() {
    let total = 0;
    for (let k = 1; k <= 4; k++) total = total * 1000 + distance(makeText(k, 200), makeText(k + 10, 180 + k));
    return total;
}
