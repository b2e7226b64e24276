// Shortest ways over a grid of weights, with a binary heap in two arrays.
function run() {
    const size = 100;
    const weights = [];
    const best = [];
    let seed = 7;
    for (let i = 0; i < size * size; i++) {
        seed = (seed * 16807) % 2147483647;
        weights.push((seed % 9) + 1);
        best.push(1000000000);
    }
    const keys = [0];
    const items = [0];
    let count = 1;
    best[0] = 0;
    let visited = 0;
    while (count > 0) {
        const key = keys[0];
        const item = items[0];
        count -= 1;
        keys[0] = keys[count];
        items[0] = items[count];
        let place = 0;
        while (true) {
            let child = 2 * place + 1;
            if (child >= count) break;
            if (child + 1 < count && keys[child + 1] < keys[child]) child += 1;
            if (keys[place] <= keys[child]) break;
            const k = keys[place];
            keys[place] = keys[child];
            keys[child] = k;
            const m = items[place];
            items[place] = items[child];
            items[child] = m;
            place = child;
        }
        if (key === best[item]) {
            visited += 1;
            const x = item % size;
            const y = Math.floor(item / size);
            for (let side = 0; side < 4; side++) {
                let nx = x;
                let ny = y;
                if (side === 0) nx = x + 1;
                else if (side === 1) nx = x - 1;
                else if (side === 2) ny = y + 1;
                else ny = y - 1;
                if (nx >= 0 && nx < size && ny >= 0 && ny < size) {
                    const next = ny * size + nx;
                    const way = key + weights[next];
                    if (way < best[next]) {
                        best[next] = way;
                        if (count < keys.length) {
                            keys[count] = way;
                            items[count] = next;
                        } else {
                            keys.push(way);
                            items.push(next);
                        }
                        let up = count;
                        count += 1;
                        while (up > 0) {
                            const parent = Math.floor((up - 1) / 2);
                            if (keys[parent] <= keys[up]) break;
                            const k = keys[up];
                            keys[up] = keys[parent];
                            keys[parent] = k;
                            const m = items[up];
                            items[up] = items[parent];
                            items[parent] = m;
                            up = parent;
                        }
                    }
                }
            }
        }
    }
    return best[size * size - 1] * 10000 + (visited % 10000) + best[size - 1];
}
