// Every bit of what Math's functions give: a hash of a few hundred results of each, and the whole of some.
const double = new Float64Array(1), words = new Uint32Array(double.buffer);
let seed = 12345;
function random() {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return seed / 4294967296;
}
function hash(sum, number) {
    double[0] = number === number ? number : 0;
    return Math.imul(Math.imul(sum, 31) + words[0], 31) + words[1] | 0;
}
const edges = [0, -0, 1, -1, 0.5, 2, 1e-310, -1e-9, 1e22, -1e300, Infinity, -Infinity, NaN, Math.PI / 2, 11 * Math.PI, 709.9, -745];
for (const name of ["sin", "cos", "tan", "asin", "acos", "atan", "exp", "expm1", "log", "log1p", "log2", "log10",
                    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "cbrt"]) {
    const f = Math[name];
    let sum = 0;
    for (const x of edges) sum = hash(sum, f(x));
    for (let i = 0; i < 240; i++) sum = hash(sum, f(i % 3 == 0 ? random() : i % 3 == 1 ? random() * 20 - 10 : random() * 1e6));
    console.log(name, sum, f(0.7), f(3.3));
}
let angles = 0, powers = 0;
for (const x of edges) for (const y of edges) {
    angles = hash(angles, Math.atan2(x, y));
    powers = hash(powers, x ** y);
}
for (let i = 0; i < 240; i++) {
    const x = random() * 20, y = random() * 20 - 10;
    angles = hash(angles, Math.atan2(y, x - 10));
    powers = hash(hash(powers, x ** y), Math.pow(y, i % 7));
}
console.log(angles, powers, Math.atan2(-2.5, -1.5), 10 ** -5, 1.1 ** 10, (-8) ** (1 / 3), 2 ** 0.5);
let total = 0;
for (let i = 0; i < 300; i++) total += Math.sin(i * 0.37) * Math.exp(-i * 0.01) + Math.sin(0.7) + 1.1 ** 10 + 1.1 ** (i % 4);
console.log(total);
