// Arrays of ints, of floats and of anything: each way from one to another, from loops that are compiled as well.
const show = (...things) => console.log(...things);

// Literals, and what comes to them.
const ints = [1, 2, 3];
ints.push(4);
show(ints, ints.length);
ints.push(1.5);
show(ints, ints[0] === 1, Object.is(ints[0], 1));
ints.push("text");
show(ints);
const floats = [0.5, 1, -0];
show(floats, Object.is(floats[2], -0), floats[1] === 1, floats.indexOf(1), floats.includes(-0));
floats[1] = 7;
show(floats, floats.indexOf(7), floats.lastIndexOf(0));
floats[5] = 1;
show(floats, floats.length, 4 in floats, floats[4]);
show([NaN, 1].includes(NaN), [NaN, 1].indexOf(NaN), [-1, -2.5, -0, +3], [1, -1]);

// Holes.
const holes = new Array(5);
for (let i = 0; i < 5; i++) holes[i] = i * 0.5;
show(holes, holes[4.0], holes[1.5], holes["2"], holes[-0]);
holes.length = 2;
show(holes);
holes.length = 4;
show(holes);
delete holes[0];
show(holes, 0 in holes, Object.keys(holes));
const backwards = [];
for (let i = 6; i >= 0; i--) backwards[i] = i;
show(backwards);

// Objects first, numbers later, and the other way round.
const mixed = [];
mixed.push({});
mixed.push(1);
show(mixed);
const emptied = [1, 2];
emptied.pop();
emptied.pop();
show(emptied.pop(), emptied.length);
emptied.push("a", 2);
show(emptied);
emptied.length = 0;
emptied.push(2.5);
show(emptied, typeof emptied[0]);

// Methods that move or make elements.
const moved = [1, 2, 3];
moved.unshift(0.5);
show(moved, moved.shift(), moved);
moved.splice(1, 1, "q", "r");
show(moved);
show([3, 1, 2].sort(), [3, 1, 2].toSorted((a, b) => b - a), [1, 2, 3].map((x) => x / 2), [1, 2, 3].slice(1), [1, 2].concat([0.5], 3, ["x"]));
show([...[1, 2]], Array.from({ length: 3 }, (_, i) => i), new Array(3).fill(0), new Array(3).fill(0.5).map((x) => x * 2), Array.of(1, 2.5));
show([1, 2, 3].reverse(), [1.5, 2, 3].toReversed(), [1, 2, 3].with(1, "w"), [1, 2, 3].with(0, 0.5), [1, 2, 3, 4].copyWithin(0, 2), [5, 6].fill("f", 1));
show([1, 2, 3].flatMap((x) => [x, x / 2]), [1, [2, [3.5]]].flat(Infinity), [1, 2, 3].toSpliced(1, 1, undefined), [1, 2, 3].join("-"), String([0.5, 1]));
show(JSON.stringify([1, 2.5, -0, 1e21, NaN]), JSON.stringify(JSON.parse("[1, 2, 3.5, null]")), Math.max(...[1, 2, 3]), Math.max(...[0.5, 2]));
show(Object.entries([1, 0.5]), Object.assign([1, 2], [0.5]), structuredClone([1, 2.5]), [1, 2].at(-1), [0.5].at(0));

// What is not dense any more.
const frozen = Object.freeze([1, 2, 3]);
try {
    "use strict";
    frozen.push(1);
} catch (error) {
    show(error.message);
}
frozen[0] = 5;
show(frozen, Object.isFrozen(frozen));
const accessor = [1, 2];
Object.defineProperty(accessor, 0, { get: () => 5 });
show(accessor[0], accessor[1], accessor.length);
const far = [0.5];
far[5000000] = 1;
show(far.length, far[0], far[5000000]);
Object.defineProperty(ints, "length", { writable: false });
try {
    "use strict";
    ints.push(1);
} catch (error) {
    show(error instanceof TypeError);
}
show(ints.length);

// Loops: kinds change below machine code that was made for others.
function sum(numbers) {
    let total = 0;
    for (let i = 0; i < numbers.length; i++) total += numbers[i];
    return total;
}
function filled(n, make) {
    const result = [];
    for (let i = 0; i < n; i++) result.push(make(i));
    return result;
}
let text = "";
for (let round = 0; round < 40; round++) {
    const numbers = filled(100, (i) => (round < 20 ? i : i + 0.25));
    if (round % 5 === 4) numbers[50] = round % 2 ? "s" : 0.5;
    if (round % 7 === 6) delete numbers[3];
    text += String(sum(numbers)).slice(0, 12) + " ";
}
show(text);
const keys = [10, 20, 30];
const indices = [0.5, 2, 1];
let through = 0;
for (let i = 0; i < 3000; i++) {
    through += keys[indices[(i % 2) + 1]];
    indices[1] = (i % 2) + 1;
    keys[indices[1]] = i % 50;
}
show(through, keys, indices, keys[1.5], keys[4294967295], keys[-1]);
const grid = [];
for (let y = 0; y < 30; y++) grid.push(new Array(30).fill(0));
for (let step = 0; step < 20; step++) for (let y = 0; y < 30; y++) for (let x = 0; x < 30; x++) grid[y][x] += step % 3 === 0 ? 0.5 : 1;
show(grid[3][4], grid[29][29], sum(grid[7]));
const stack = [];
let popped = 0;
for (let i = 0; i < 5000; i++) {
    stack.push(i % 3 === 0 ? i : i / 2);
    if (i % 4 === 3) popped += stack.pop() + stack.pop();
    if (i === 4000) stack.push("end");
    if (i === 4001) stack.splice(stack.indexOf("end"), 1);
}
show(popped, stack.length, stack.slice(-3));
const big = [];
for (let i = 0; i < 2000; i++) big.push(i < 1000 ? 1125899906842000 + i : 2 ** 50 + i * 2 ** 20);
let differences = 0;
for (let i = 1; i < big.length; i++) differences += big[i] - big[i - 1];
show(differences, big[999], big[1999]);
for (const value of [1, 2, 3].values()) if (value === 2) show("found");
const [first, ...rest] = [1, 2.5, 3];
show(first, rest);
let walked = "";
const grown = [1];
for (const value of grown) {
    walked += value + ",";
    if (grown.length < 6) grown.push(value + 0.5);
    else if (grown.length === 6) grown.push("last");
}
show(walked);
