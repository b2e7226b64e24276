// All ways to place ten queens, by recursion over arrays of what is taken.
let columns, rising, falling;

function place(row, size) {
    if (row === size) return 1;
    let found = 0;
    for (let column = 0; column < size; column++) {
        if (!columns[column] && !rising[row + column] && !falling[row - column + size]) {
            columns[column] = true;
            rising[row + column] = true;
            falling[row - column + size] = true;
            found += place(row + 1, size);
            columns[column] = false;
            rising[row + column] = false;
            falling[row - column + size] = false;
        }
    }
    return found;
}

function repeatFalse(count) {
    const made = [];
    for (let i = 0; i < count; i++) made.push(false);
    return made;
}

function run() {
    columns = repeatFalse(10);
    rising = repeatFalse(20);
    falling = repeatFalse(21);
    return place(0, 10);
}
