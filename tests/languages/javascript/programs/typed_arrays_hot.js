// Loops over typed arrays that change what they walk over: each access must see the buffer as it is then.
function sum(view) {
  let sum = 0;
  for (let i = 0; i < view.length; i++) sum += view[i];
  return sum;
}
function fill(view, step) {
  for (let i = 0; i < view.length; i++) view[i] = i * step;
}
for (const kind of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array]) {
  const view = new kind(500);
  fill(view, 1.25);
  console.log(kind.name, sum(view));
  fill(view, -1e9);
  console.log(sum(view));
}
function bigSum(view) {
  let sum = 0n;
  for (let i = 0; i < view.length; i++) { view[i] = BigInt(i) << 30n; sum += view[i]; }
  return sum;
}
console.log(bigSum(new BigInt64Array(200)), bigSum(new BigUint64Array(200)));

// The buffer is resized inside of the loop.
function shrinking(buffer, view, at, to) {
  let found = 0, missing = 0;
  for (let i = 0; i < 400; i++) {
    if (i === at) buffer.resize(to);
    if (view[i] === undefined) missing++; else found++;
    view[i] = 7;
  }
  return `${found} ${missing} ${view.length}`;
}
for (const at of [0, 50, 150, 250, 399]) {
  for (const make of [(b) => new Uint8Array(b), (b) => new Uint8Array(b, 0, 256), (b) => new Uint16Array(b, 8)]) {
    const smaller = new ArrayBuffer(256, { maxByteLength: 1024 });
    console.log(at, shrinking(smaller, make(smaller), at, 100));
    const larger = new ArrayBuffer(256, { maxByteLength: 1024 });
    console.log(at, shrinking(larger, make(larger), at, 1024));
  }
}
// Kinds alternate at one place, and elements that are no numbers arrive late.
function mixed(views, turns) {
  let total = 0;
  for (let i = 0; i < turns; i++) {
    const view = views[i % views.length];
    view[i % 10] = i > turns - 5 ? String(i) : i;
    total += Number(view[i % 10]);
  }
  return total;
}
console.log(mixed([new Uint8Array(10)], 1000), mixed([new Uint8Array(10), new Float64Array(10)], 1000), mixed([new Int16Array(10), [0], new Float32Array(5)], 900));
// A matrix product, a sieve, a histogram, a hash over bytes.
function product(a, b, n) {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
    c[i * n + j] = sum;
  }
  return c;
}
const square = Float64Array.from({ length: 144 }, (_, i) => (i * 7 % 11) / 4);
console.log(product(square, square, 12).reduce((a, b) => a + b));
function sieve(n) {
  const composite = new Uint8Array(n + 1);
  let count = 0;
  for (let i = 2; i <= n; i++) {
    if (composite[i]) continue;
    count++;
    for (let j = i * i; j <= n; j += i) composite[j] = 1;
  }
  return count;
}
console.log(sieve(5000));
function hash(bytes) {
  let h = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) h = Math.imul(h ^ bytes[i], 0x01000193) >>> 0;
  return h;
}
console.log(hash(Uint8Array.from({ length: 1000 }, (_, i) => i * 31)));
function swap(view, count) {
  for (let i = 0; i < count; i++) { const t = view.getUint16(i * 2); view.setUint16(i * 2, t + i, true); }
  return view.getUint32(count);
}
console.log(swap(new DataView(new Uint8Array(400).fill(3).buffer), 200));
for (let i = 0, view = new Float64Array(50); i < 300; i++) { view[i % 60] += i; if (i === 299) console.log(view[10], view[59], view.join().length); }
