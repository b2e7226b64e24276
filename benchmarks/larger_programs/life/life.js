// The game of life on a torus, an array of rows.
function run() {
    const size = 48;
    let grid = [];
    let seed = 9;
    for (let y = 0; y < size; y++) {
        const row = [];
        for (let x = 0; x < size; x++) {
            seed = (seed * 16807) % 2147483647;
            if (seed % 3 === 0) row.push(1);
            else row.push(0);
        }
        grid.push(row);
    }
    for (let generation = 0; generation < 30; generation++) {
        const next = [];
        for (let y = 0; y < size; y++) {
            const above = grid[(y + size - 1) % size];
            const here = grid[y];
            const below = grid[(y + 1) % size];
            const row = [];
            for (let x = 0; x < size; x++) {
                const left = (x + size - 1) % size;
                const right = (x + 1) % size;
                const around = above[left] + above[x] + above[right] + here[left] + here[right] + below[left] + below[x] + below[right];
                if (around === 3 || (around === 2 && here[x] === 1)) row.push(1);
                else row.push(0);
            }
            next.push(row);
        }
        grid = next;
    }
    let total = 0;
    for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) total = (total * 3 + grid[y][x]) % 1000003;
    }
    return total;
}
