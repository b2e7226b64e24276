// LU decomposition of a matrix of floats, an array of rows, with pivots.
function make(size) {
    const rows = [];
    let seed = 3;
    for (let i = 0; i < size; i++) {
        const row = [];
        for (let j = 0; j < size; j++) {
            seed = (seed * 16807) % 2147483647;
            row.push((seed % 1000) / 100);
        }
        rows.push(row);
    }
    return rows;
}

function run() {
    const size = 120;
    const m = make(size);
    let sign = 1;
    for (let k = 0; k < size; k++) {
        let pivot = k;
        for (let i = k + 1; i < size; i++) {
            if (Math.abs(m[i][k]) > Math.abs(m[pivot][k])) pivot = i;
        }
        if (pivot !== k) {
            const row = m[k];
            m[k] = m[pivot];
            m[pivot] = row;
            sign = -sign;
        }
        for (let i = k + 1; i < size; i++) {
            const factor = m[i][k] / m[k][k];
            m[i][k] = factor;
            for (let j = k + 1; j < size; j++) m[i][j] = m[i][j] - factor * m[k][j];
        }
    }
    let sum = 0;
    for (let k = 0; k < size; k++) sum += Math.abs(m[k][k]);
    return Math.trunc(sum * sign * 1000);
}
