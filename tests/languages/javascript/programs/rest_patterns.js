// What is left of arrays and objects, in loops that become machine code: of one shape and length and of many, with holes, getters and symbols.
function ofArrays(n) {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const [a, ...b] = [i, i + 1, i + 2];
    const [, ...c] = [1];
    const [d, e, ...f] = [i];
    total += a + b.length + b[1] + c.length + d + f.length + (e === undefined ? 1 : 0);
    b.push(i);
    total += b.length;
  }
  return total;
}
function ofManyLengths(n) {
  let total = 0;
  const arrays = [];
  for (let k = 0; k < 40; k++) arrays.push(Array.from({ length: k }, (_, i) => i));
  for (let i = 0; i < n; i++) {
    const [head = 0, ...tail] = arrays[i % 40];
    total += head + tail.length + (tail[3] ?? 0);
  }
  return total;
}
function ofObjects(n) {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const { x, y = 5, ...o } = { x: i, z: 2, w: 3 };
    const { z, ...p } = o;
    total += x + y + o.z + o.w + z + p.w + Object.keys(o).length + Object.keys(p).length + ("x" in o ? 1000 : 0);
    o.more = i;
    total += Object.keys(o).length;
  }
  return total;
}
function ofManyShapes(n) {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const source = { a: 1 };
    source["k" + (i % 30)] = i;
    const key = "k" + (i % 7);
    const { [key]: taken = -1, a, ...rest } = source;
    total += taken + a + Object.keys(rest).length;
  }
  return total;
}
console.log(ofArrays(3000), ofManyLengths(3000), ofObjects(3000), ofManyShapes(3000));

const symbol = Symbol("s");
const mixed = { a: 1, 2: "two", get g() { return this.a + 1; }, [symbol]: 4, __proto__: { inherited: 5 } };
Object.defineProperty(mixed, "hidden", { value: 6, enumerable: false });
const { a, ...others } = mixed;
console.log(others, Object.getOwnPropertyDescriptor(others, "g"), others[symbol], others.hidden, others.inherited);
const { 2: two, [symbol]: four, ...more } = mixed;
console.log(two, four, more);
const { length, ...letters } = "abc";
console.log(length, letters, (({ ...nothing }) => nothing)(5));
const holes = [1, , 3];
const [first, ...behind] = holes;
console.log(first, behind, behind.length, 0 in behind);
Object.defineProperty(Array.prototype, 1, { get() { holes.length = 2; return "hole"; }, configurable: true });
const [one, ...shorter] = holes;
console.log(one, shorter);
delete Array.prototype[1];
const [, ...set] = new Set([1, 2, 3]);
function* numbers() { yield 1; yield 2; yield 3; }
const [start, ...rest] = numbers();
console.log(set, start, rest);
for (const bad of [null, undefined]) {
  try { const { ...x } = bad; console.log(x); } catch (error) { console.log(error.name); }
  try { const [...x] = bad; console.log(x); } catch (error) { console.log(error.name); }
}
