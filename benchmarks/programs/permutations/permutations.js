// Arrays that change in place, with branches: all permutations of 9 things, each an exchange from the last, three times.
function permute(n) {
    const order = [];
    const turns = [];
    for (let i = 0; i < n; i++) {
        order.push(i);
        turns.push(0);
    }
    let count = 1;
    let checksum = 0;
    let i = 0;
    while (i < n) {
        if (turns[i] < i) {
            const other = i % 2 === 1 ? turns[i] : 0;
            const moved = order[other];
            order[other] = order[i];
            order[i] = moved;
            count = count + 1;
            checksum = (checksum * 3 + order[0] * n + order[n - 1]) % 1000003;
            turns[i] = turns[i] + 1;
            i = 0;
        } else {
            turns[i] = 0;
            i = i + 1;
        }
    }
    return `${count} ${checksum}`;
}

function run() {
    return [permute(9), permute(9), permute(9)].join(" ");
}
