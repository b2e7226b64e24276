// Graphs in Map and Set: words that differ in one letter, shortest ways between them, components, a heap.
function makeWords(count) {
    const words = new Set();
    let seed = 7;
    while (words.size < count) {
        let word = "";
        for (let i = 0; i < 4; i++) {
            seed = (seed * 48271) % 2147483647;
            word += String.fromCharCode(97 + (seed % 7));
        }
        words.add(word);
    }
    return [...words];
}

function makeGraph(words) {
    const buckets = new Map();
    for (const word of words) {
        for (let i = 0; i < word.length; i++) {
            const key = word.slice(0, i) + "_" + word.slice(i + 1);
            const bucket = buckets.get(key);
            if (bucket === undefined) buckets.set(key, [word]);
            else bucket.push(word);
        }
    }
    const graph = new Map(words.map((word) => [word, new Set()]));
    for (const bucket of buckets.values()) {
        for (const a of bucket) for (const b of bucket) if (a !== b) graph.get(a).add(b);
    }
    return graph;
}

function distances(graph, start) {
    const seen = new Map([[start, 0]]);
    const queue = [start];
    for (let at = 0; at < queue.length; at++) {
        const distance = seen.get(queue[at]);
        for (const other of graph.get(queue[at])) {
            if (seen.has(other)) continue;
            seen.set(other, distance + 1);
            queue.push(other);
        }
    }
    return seen;
}

class Heap {
    #items = [];
    get size() {
        return this.#items.length;
    }
    push(key, value) {
        const items = this.#items;
        let at = items.push({ key, value }) - 1;
        while (at > 0) {
            const above = (at - 1) >> 1;
            if (items[above].key <= items[at].key) break;
            [items[above], items[at]] = [items[at], items[above]];
            at = above;
        }
    }
    pop() {
        const items = this.#items;
        const top = items[0];
        const last = items.pop();
        if (items.length > 0) {
            items[0] = last;
            let at = 0;
            while (true) {
                let child = 2 * at + 1;
                if (child >= items.length) break;
                if (child + 1 < items.length && items[child + 1].key < items[child].key) child++;
                if (items[at].key <= items[child].key) break;
                [items[at], items[child]] = [items[child], items[at]];
                at = child;
            }
        }
        return top;
    }
}

function cheapest(graph, start) {
    const cost = (a, b) => Math.abs(a.charCodeAt(0) - b.charCodeAt(0)) + Math.abs(a.charCodeAt(3) - b.charCodeAt(3)) + 1;
    const best = new Map();
    const heap = new Heap();
    heap.push(0, start);
    while (heap.size > 0) {
        const { key, value } = heap.pop();
        if (best.has(value)) continue;
        best.set(value, key);
        for (const other of graph.get(value)) if (!best.has(other)) heap.push(key + cost(value, other), other);
    }
    return best;
}

function run() {
    const words = makeWords(900);
    const graph = makeGraph(words);
    let total = 0;
    for (let i = 0; i < 4; i++) {
        for (const distance of distances(graph, words[i * 50]).values()) total += distance;
        for (const [word, cost] of cheapest(graph, words[i * 70])) total += cost * (word.charCodeAt(1) - 96);
    }
    return total;
}
