// Quotients and remainders of ints, as machine code has them: whole or not, of either sign, with -0, and rounded in every way.
const shown = (x) => (Object.is(x, -0) ? "-0" : String(x));

function halves(from, to) {
    let fractions = 0, sum = 0;
    for (let i = from; i < to; i++) {
        const half = i / 2;
        if (half % 1 !== 0) fractions++;
        sum += half;
    }
    return [fractions, sum];
}

function rounded(from, to, step, round) {
    let sum = 0, zeros = 0, negativeZeros = 0;
    for (let i = from; i < to; i++) {
        const whole = round(i / step);
        if (whole === 0) zeros++;
        if (Object.is(whole, -0)) negativeZeros++;
        sum += whole;
    }
    return [sum, zeros, negativeZeros];
}

// Each way of rounding, and each divisor, in a loop of its own.
function digits(n) {
    let text = "";
    do {
        text = (n % 10) + text;
        n = Math.floor(n / 10);
    } while (n > 0);
    return text;
}

function floors(from, to) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += Math.floor(i / 8) * 3 + Math.floor(i / 7);
    return sum;
}

function ceilings(from, to) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += Math.ceil(i / 8) * 3 + Math.ceil(i / 7);
    return sum;
}

function truncations(from, to) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += Math.trunc(i / 8) * 3 + ((i / 7) | 0);
    return sum;
}

function nearest(from, to) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += Math.round(i / 4) * 3 + Math.round(i / 7);
    return sum;
}

function comparisons(from, to) {
    let counts = [0, 0, 0, 0, 0, 0];
    for (let i = from; i < to; i++) {
        const third = i / 3, whole = Math.floor(third);
        if (third === whole) counts[0]++;
        if (third > whole) counts[1]++;
        if (third < Math.ceil(third)) counts[2]++;
        if (third >= 5) counts[3]++;
        if (third <= -5) counts[4]++;
        if (third !== 7) counts[5]++;
    }
    return counts.join();
}

function remainders(from, to, by) {
    let sum = 0, negativeZeros = 0;
    for (let i = from; i < to; i++) {
        const left = i % by;
        if (Object.is(left, -0)) negativeZeros++;
        sum += left;
    }
    return [sum, negativeZeros];
}

// An index that is a quotient: whole for every second number, and asked for only then.
function indexed() {
    const items = [3, 1, 4, 1, 5, 9, 2, 6];
    let sum = 0;
    for (let i = 0; i < 3200; i++) {
        const place = (i % 16) / 2;
        sum += items[place] === undefined ? 1 : items[place];
    }
    return sum;
}

function average(values) {
    let sum = 0;
    for (const value of values) sum += value;
    return sum / values.length;
}

console.log(halves(-700, 701).join(), halves(0, 9).join());
for (const round of [Math.floor, Math.ceil, Math.trunc, Math.round, (x) => x | 0, (x) => ~~x])
    for (const step of [1, 2, 3, 8, 10, -2, -3]) console.log(rounded(-300, 301, step, round).map(shown).join());
console.log(floors(-900, 900), ceilings(-900, 900), truncations(-900, 900), nearest(-900, 900));
console.log(floors(0, 900), ceilings(0, 900), truncations(0, 900), nearest(0, 900));
console.log(comparisons(-700, 701));
let last = "";
for (let n = 1; n < 1e15; n = n * 3 + 1) last = digits(n);
console.log(last, digits(1125899906842623), digits(1125899906842624), digits(9007199254740991));
console.log(remainders(-700, 700, 7).join(), remainders(-700, 700, 8).join(), remainders(-700, 700, -8).join());
console.log(indexed());
const averages = [];
for (let n = 1; n < 500; n++) averages.push(average([n, n + 1, n + 1 + (n & 1)]));
console.log(averages.slice(0, 6).join(), averages.reduce((a, b) => a + b), new Set(averages.concat([2, 4])).has(2));
console.log([0 / 5, 0 / -5, -0 / 5, 5 / 0, -5 / 0, 0 / 0].map(shown).join());
let largest = 0;
for (let i = 0; i < 1200; i++) largest = Math.floor((1125899906842623 - i) / 3) + Math.floor((-1125899906842624 + i) / 2);
console.log(largest);

// Functions of doubles give doubles, of ints ints where they are whole; nothing of it can be seen.
const numbers = [0, -0, 1, -1, 2, 9, -9, 0.5, -0.5, 2.25, 1e300, -1e300, Infinity, -Infinity, NaN, 1125899906842623, -1125899906842624];
function fold(f) {
    const seen = [];
    for (let turn = 0; turn < 4; turn++) {
        const row = [];
        for (const x of numbers) for (const y of numbers) row.push(shown(f(x, y)));
        seen.push(row.join(" "));
    }
    return new Set(seen).size + " " + seen[0];
}
for (const f of [Math.max, Math.min, (x, y) => Math.max(x, y, 0), (x, y) => Math.min(y, -0, x), (x) => Math.abs(x), (x) => Math.sqrt(x), Math.hypot])
    console.log(fold(f));
const square = Math.sqrt(16.5 - 0.5), grid = Array.from({ length: square * square }, (_, i) => i);
let diagonal = 0;
for (let turn = 0; turn < 50; turn++) for (let i = 0; i < square; i++) diagonal += grid[i * square + i];
console.log(diagonal, new Map([[4, "four"]]).get(square), `${square}`, [1, 2, 3, 4, 5][square], square === 4, JSON.stringify({ square }));
