// Loops over several arrays and objects that are mostly two, and sometimes one under two names: machine code that has told them apart must notice.
function smooth(target, source, n) {
    for (let turn = 0; turn < 3; turn++)
        for (let i = 1; i < n - 1; i++) target[i] = (source[0] + source[i - 1] + source[i + 1]) % 1009;
}

function advance(a, b, n) {
    for (let i = 0; i < n; i++) {
        a.total += b.weight;
        a.weight = (a.weight + i) % 17;
    }
    return a.total;
}

function multiply(product, left, right, n) {
    for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
            let sum = product[i][j];
            for (let k = 0; k < n; k++) {
                product[i][j] = sum;
                sum = (sum + left[i][k] * right[k][j]) % 10007;
            }
            product[i][j] = sum;
        }
}

function mixed(counts, limits, n) {
    let crossed = 0;
    for (let i = 0; i < n; i++) {
        counts[i & 7] += 1.5;
        if (counts[i & 7] > limits[3]) {
            crossed++;
            counts[i & 7] = 0;
        }
    }
    return crossed;
}

const numbers = (n, factor) => Array.from({ length: n }, (_, i) => (i * factor) % 31);
const table = (n, factor) => Array.from({ length: n }, (_, i) => numbers(n, factor + i));
const sum = (row) => row.reduce((total, number) => total + number, 0);

for (let round = 0; round < 2; round++) {
    const one = numbers(150, 7), other = numbers(150, 11);
    smooth(one, other, 150);
    console.log(sum(one), sum(other));
    smooth(one, one, 150);
    console.log(sum(one));
    const a = { total: 0, weight: 3 }, b = { total: 0, weight: 5 };
    console.log(advance(a, b, 300), advance(b, b, 300), advance(a, a, 300), advance(b, a, 300));
    const left = table(10, 3), right = table(10, 5), product = table(10, 0);
    multiply(product, left, right, 10);
    console.log(sum(product.map(sum)));
    multiply(left, left, right, 10);
    console.log(sum(left.map(sum)));
    multiply(right, left, right, 10);
    console.log(sum(right.map(sum)));
    right[7] = right[3];
    left[5] = right[3];
    multiply(right, left, right, 10);
    console.log(sum(right.map(sum)), sum(left.map(sum)));
    const counts = [0, 0, 0, 0, 0, 0, 0, 0], limits = [9, 9, 9, 90.5, 9, 9, 9, 9];
    console.log(mixed(counts, limits, 500), mixed(limits, limits, 500), mixed(counts, counts, 500), sum(counts), sum(limits));
}
