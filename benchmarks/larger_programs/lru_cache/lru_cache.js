// A cache that forgets what was used least recently: a dictionary and a doubly linked list in arrays.
const CAPACITY = 64;

function run() {
    const places = new Map();
    const keys = [];
    const values = [];
    const before = [];
    const after = [];
    let newest = -1;
    let oldest = -1;
    let hits = 0;
    let seed = 11;
    let total = 0;
    for (let i = 0; i < 20000; i++) {
        seed = (seed * 16807) % 2147483647;
        const wanted = Math.floor(((seed % 100) * (Math.floor(seed / 1000) % 3)) / 2);
        const key = "k" + wanted;
        if (places.has(key)) {
            hits += 1;
            const place = places.get(key);
            total = (total + values[place]) % 1000003;
            if (place !== newest) {
                const b = before[place];
                const a = after[place];
                if (b >= 0) after[b] = a;
                else oldest = a;
                before[a] = b;
                before[place] = newest;
                after[place] = -1;
                after[newest] = place;
                newest = place;
            }
        } else {
            let place = keys.length;
            if (place === CAPACITY) {
                place = oldest;
                oldest = after[place];
                before[oldest] = -1;
                places.delete(keys[place]);
                keys[place] = key;
                values[place] = i;
            } else {
                keys.push(key);
                values.push(i);
                before.push(-1);
                after.push(-1);
            }
            places.set(key, place);
            before[place] = newest;
            after[place] = -1;
            if (newest >= 0) after[newest] = place;
            else oldest = place;
            newest = place;
        }
    }
    return total * 100000 + hits;
}
