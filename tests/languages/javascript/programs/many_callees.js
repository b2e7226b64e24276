// One place calls many functions, of all sorts: what it calls is no constant of machine code then.
const cell = { count: 0 };
class Shape {
    constructor(side) { this.side = side; }
    area() { return this.side; }
}
const classes = [Shape];
for (let k = 1; k < 9; k++) {
    classes.push(class extends Shape {
        area() { return k * super.area() + k; }
    });
}
function locals(a) {
    let b = a + 1, c = b + 1, d = c + 1, e = d + 1;
    return [a, b, c, d, e].reduce((x, y) => x + y);
}
const functions = [
    (x) => x,
    (x) => x + 0.5,
    (x) => `${x}`,
    function () { return arguments.length; },
    (x, y = 7) => x + y,
    (x, y, z, missing) => (missing === undefined ? z : missing),
    (x) => { cell.count += x; return cell.count; },
    locals,
    (x) => { if (x % 5 === 0) throw new RangeError(`no ${x}`); return -x; },
    (...rest) => rest.length,
    function fibonacci(n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); },
    (x) => functions[x % 3](x),
    Math.abs,
    locals.bind(null, 3),
];
function round(turns) {
    const texts = [];
    let sum = 0;
    for (let i = 0; i < turns; i++) {
        const f = functions[i % functions.length];
        try {
            const given = f(i % 12, i, "z");
            if (typeof given === "number") sum += given;
            else texts.push(given);
        } catch (error) {
            texts.push(error.message);
        }
        sum += new classes[i % classes.length](i).area();
    }
    return `${sum} ${texts.length} ${texts.slice(-3)}`;
}
for (let k = 0; k < 3; k++) console.log(round(700));

function deep(depth) { // recursion through the same place
    return depth === 0 ? 0 : 1 + steps[depth % 9](depth - 1);
}
const steps = [deep, (d) => deep(d), (d) => deep(d), (d) => deep(d), (d) => deep(d), (d) => deep(d), (d) => deep(d),
    (d) => deep(d), (d) => deep(d)];
for (let k = 0; k < 20; k++) deep(300);
console.log(deep(800));
try {
    deep(1e9);
} catch (error) {
    console.log(error instanceof RangeError);
}
