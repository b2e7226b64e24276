// Generators that feed each other, iterators written by hand, destructuring and spread on the way.
function* numbers(from, to) {
    for (let i = from; i < to; i++) yield i;
}

function* mapped(source, change) {
    for (const value of source) yield change(value);
}

function* filtered(source, test) {
    for (const value of source) if (test(value)) yield value;
}

function* taken(source, count) {
    if (count <= 0) return;
    for (const value of source) {
        yield value;
        if (--count === 0) return;
    }
}

function* zipped(...sources) {
    const iterators = sources.map((source) => source[Symbol.iterator]());
    while (true) {
        const results = iterators.map((iterator) => iterator.next());
        if (results.some(({ done }) => done)) return;
        yield results.map(({ value }) => value);
    }
}

function* windows(source, size) {
    let window = [];
    for (const value of source) {
        window = [...window.slice(window.length >= size ? 1 : 0), value];
        if (window.length === size) yield window;
    }
}

class Range {
    constructor(from, to, step = 1) {
        Object.assign(this, { from, to, step });
    }
    [Symbol.iterator]() {
        let at = this.from;
        return {
            next: () => {
                if (at >= this.to) return { value: undefined, done: true };
                const value = at;
                at += this.step;
                return { value, done: false };
            },
        };
    }
}

function* tree(depth) {
    if (depth === 0) {
        yield 1;
        return;
    }
    yield* tree(depth - 1);
    yield depth;
    yield* tree(depth - 1);
}

function run() {
    let total = 0;
    for (const value of filtered(mapped(numbers(0, 60000), (x) => x * 3 + 1), (x) => x % 2 === 0)) total += value;
    for (const value of taken(mapped(new Range(0, 1e9, 3), (x) => x % 1009), 20000)) total += value;
    for (const [a, b, c] of zipped(numbers(0, 4000), new Range(10, 1e6, 7), [1, 2, 3, 4].values().constructor ? numbers(5, 4005) : [])) total += a * 2 + b - c;
    for (const [a, , c] of windows(numbers(0, 6000), 3)) total += c - a;
    for (const value of tree(11)) total += value;
    const [first, second, ...rest] = taken(numbers(100, 1e9), 500);
    const { length, [3]: fourth } = rest;
    return total + first + second + length + fourth + Math.max(...rest);
}
