// Where a double becomes an int: rounding, `| 0`, division, the greater and the smaller of two, at the edges and in hot loops.
const edges = [
  0, -0, 0.5, -0.5, 0.49999999999999994, -0.49999999999999994, 1.5, -1.5, 2.5, -2.5, 1e-310, -1e-310, 3, -3, 1125899906842623, 1125899906842624,
  -1125899906842624, -1125899906842625, 1125899906842623.5, -1125899906842624.5, 4503599627370495.5, 9007199254740993, 2147483647.5, 2147483648,
  -2147483648.5, 4294967295.9, 4294967296, 9223372036854775807, -9223372036854775808, 9223372036854777856, 1.8446744073709552e19, 1e300, -1e300, Infinity,
  -Infinity, NaN, "7.5", null, true,
];
const shown = (x) => (Object.is(x, -0) ? "-0" : String(x));
const functions = [
  Math.floor, Math.ceil, Math.trunc, Math.round, Math.sqrt, Math.abs, (x) => x | 0, (x) => x >>> 0, (x) => x / 2, (x) => x / 0.5, (x) => 6 / x,
  (x) => Math.max(x, 1), (x) => Math.min(x, -1), (x) => Math.max(0, x), (x) => Math.min(-0, x), (x) => Math.max(-0, x),
];
for (const x of edges) console.log(shown(x), functions.map((f) => shown(f(x))).join(" "));

// The same in loops of their own, where the functions become machine code for one kind of number and meet the others.
function hot(f, numbers) {
  let text = "";
  for (let turn = 0; turn < 3; turn++) {
    for (const x of numbers) {
      let last = 0;
      for (let i = 0; i < 700; i++) last = f(x);
      text = shown(last) + " " + text.slice(0, 60);
    }
  }
  return text;
}
for (const f of functions) console.log(hot(f, [1.25, -1.25, 8, 0.5, -0.25, 9.75e15, 3e9, -0, 1e19, NaN, -7]));

// A quotient of doubles that is whole is a number like any other: an index, a key, a case.
const row = ["a", "b", "c", "d"];
let found = "";
for (let i = 0; i < 3000; i++) {
  const index = (i % 4) * 1.5 / 1.5;
  found = row[index] + found.slice(0, 7);
  switch (index) { case 3: found = found.toUpperCase(); }
}
console.log(found, new Map([[4.5 / 1.5, "three"]]).get(3), { 3: "key" }[4.5 / 1.5], Object.is(4.5 / 1.5, 3), 4.5 / 1.5 === 3, JSON.stringify([4.5 / 1.5]));
