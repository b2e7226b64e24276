// Typed arrays, their buffers and views: what is stored, what is found, and what is refused.
const attempt = (f) => { try { return f(); } catch (error) { return `${error.name}`; } };

const buffer = new ArrayBuffer(16), bytes = new Uint8Array(buffer), doubles = new Float64Array(buffer);
const shorts = new Int16Array(buffer, 2, 3);
bytes[0] = 255; bytes[1] = 256; bytes[2] = -1; bytes[3] = 1.9; bytes[99] = 5; bytes['4'] = '7'; bytes[5] = null;
console.log(bytes.join(), shorts.join(), doubles[0], bytes.length, bytes[99], bytes[-1], bytes[1.5], bytes['-0']);
console.log('0' in bytes, 99 in bytes, '1.5' in bytes, '-0' in bytes, 'length' in bytes, Object.keys(shorts), JSON.stringify(shorts));
console.log(Object.getOwnPropertyDescriptor(bytes, 0), Object.getOwnPropertyDescriptor(bytes, 16), delete bytes[99], attempt(() => { 'use strict'; delete bytes[0]; }));
bytes.named = 1;
console.log(bytes.named, attempt(() => Object.defineProperty(bytes, 0, { get() {} })), attempt(() => Object.freeze(bytes)), attempt(() => Object.defineProperty(bytes, '1.5', { value: 1 })));
console.log(Object.keys(new Uint8Array(2)), Reflect.ownKeys(shorts), Reflect.set(bytes, 20, 1), Reflect.set(bytes, '-0', 1), Reflect.has(bytes, 20));
Object.prototype['1.5'] = 'inherited'; Object.prototype.NaN = 'inherited'; Object.prototype[20] = 'inherited';
console.log(bytes['1.5'], bytes.NaN, bytes[20], ({})[20], Object.create(bytes)[0], Object.create(bytes)[20]);
delete Object.prototype['1.5']; delete Object.prototype.NaN; delete Object.prototype[20];

// Each kind: what numbers become.
const numbers = [0, -0, 1.5, 2.5, -1.5, 255.5, 256, 65536.9, 2147483648, -2147483649, 4294967296, 1e20, NaN, Infinity, -Infinity];
for (const kind of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array]) {
  const made = new kind(numbers);
  console.log(kind.name, kind.BYTES_PER_ELEMENT, made.join(' '), made.byteLength);
}
for (const kind of [BigInt64Array, BigUint64Array]) console.log(new kind([0n, -1n, 2n ** 63n, 2n ** 64n + 5n, -(2n ** 65n)]));
console.log(attempt(() => new BigInt64Array([1])), attempt(() => new Uint8Array([1n])), attempt(() => { new BigInt64Array(1)[0] = 1; }), attempt(() => bytes.fill(1n)));
console.log(new Float32Array([1.1, 3.4028236e38, 1e-46, 16777217])[3], new Float32Array([0.1])[0]);
const bits = new BigUint64Array(1), read = new Float64Array(bits.buffer);
for (const word of [0xfff8000000000001n, 0x7ff0000000000001n, 0xffffffffffffffffn, 0x8000000000000000n]) { bits[0] = word; console.log(read[0], typeof read[0], Object.is(read[0], -0)); }

// Making them.
console.log(Uint8Array.from('123'), Uint8Array.of(1, 2), Uint8Array.from({ length: 2, 0: 5 }), Int8Array.from(new Set([1, 2]), (x) => x * 2));
console.log(new Uint8Array(new Float64Array([1.9, 300])), new Float64Array(new Int8Array([-1])), new Uint8Array({ length: 2, 1: 3 }));
for (const f of [
  () => new Uint8Array(-1), () => Uint8Array(3), () => new Uint16Array(buffer, 1), () => new Uint16Array(buffer, 0, 9), () => new Uint16Array(new ArrayBuffer(3)),
  () => new Uint8Array(buffer, 17), () => new ArrayBuffer(2 ** 53), () => new (Object.getPrototypeOf(Uint8Array))(), () => bytes.set([1], 16), () => bytes.set([1], -1),
  () => Uint8Array.prototype.length, () => new Int8Array(Symbol()), () => Uint8Array.from(1n).length, () => new Uint8Array(3).with(3, 1), () => bytes.subarray.call([]),
]) console.log(attempt(f));

// Methods.
const ints = new Int32Array([5, 3, 9, 1, 7]);
console.log(ints.map((x) => x * 2), ints.filter((x) => x > 4), ints.reduce((a, b) => a + b), ints.reduceRight((a, b) => a + '<' + b), ints.every((x) => x > 0), ints.some((x) => x > 8));
console.log(ints.find((x) => x > 5), ints.findIndex((x) => x > 5), ints.findLast((x) => x > 5), ints.findLastIndex((x) => x > 5), ints.indexOf(9), ints.lastIndexOf(9, -4), ints.includes(7, -1), ints.at(-2));
console.log(ints.slice(1, -1), ints.subarray(1, 3), ints.toSorted(), ints.toReversed(), ints.with(0, 8), ints.toSorted((a, b) => b - a), [...ints.entries()].join('|'), [...ints.keys()].join());
console.log(ints.sort(), ints.reverse(), ints.copyWithin(1, 3), ints.fill(4, 1, 2), `${ints}`, ints.toLocaleString());
console.log(new Float64Array([3, NaN, -0, 0, -1]).sort(), new BigInt64Array([3n, -1n, 2n]).sort(), new Uint8Array([3, 1, 2]).sort(() => NaN));
const overlapping = new Uint8Array([1, 2, 3, 4, 5, 6]);
overlapping.set(overlapping.subarray(0, 4), 2);
console.log(overlapping, new Uint16Array(overlapping.buffer, 0, 2).slice(), attempt(() => overlapping.set(new BigInt64Array(1))));
class Bytes extends Uint8Array { sum() { let sum = 0; for (const byte of this) sum += byte; return sum; } }
const mine = new Bytes([1, 2, 3]);
console.log(mine.sum(), mine.map((x) => x + 1), mine.subarray(1).sum(), mine.slice(2) instanceof Bytes, mine, Bytes.from([4]).sum(), Array.isArray(mine), ArrayBuffer.isView(mine));
console.log([].concat(new Uint8Array([1, 2])).length, Array.prototype.map.call(new Uint8Array([1, 2]), (x) => x + 0.5), Array.from(new Uint8Array([1, 2])), Math.max(...new Uint8Array([4, 9, 2])));

// DataView.
const view = new DataView(new ArrayBuffer(8), 1);
view.setFloat32(0, 1.5); view.setInt16(4, -2, true);
console.log(view.getUint8(0), view.getInt16(4), view.getInt16(4, true), view.getUint32(0), view.getFloat32(0, true), view.byteLength, view.byteOffset);
console.log(attempt(() => view.getInt32(4)), attempt(() => view.getInt8(-1)), attempt(() => view.setBigInt64(0, 1)), attempt(() => new DataView({})), attempt(() => new DataView(buffer, 17)));
const whole = new DataView(new ArrayBuffer(16));
whole.setBigInt64(0, -2n); whole.setFloat64(8, Math.PI, true); whole.setUint16(2, 0x1234);
console.log(whole.getBigUint64(0), whole.getBigInt64(0, true), whole.getFloat64(8, true), whole.getFloat64(8), whole);

// Shown.
console.log(new Uint8Array(3), [new Float64Array([1.5, -0])], { a: new BigInt64Array(2) }, new Uint8Array(0), new Uint8Array(130));
console.log(new ArrayBuffer(4), new SharedArrayBuffer(3), { a: { b: { c: new ArrayBuffer(1), d: new Uint8Array(2) } } }, Uint8Array, bytes, Object.setPrototypeOf(new Uint8Array(2), null));
console.log(Object.prototype.toString.call(new Int8Array(1)), Object.prototype.toString.call(buffer), buffer.slice(2, 5), buffer.slice(-2).byteLength);

// Atomics, by one agent.
const shared = new Int32Array(new SharedArrayBuffer(16));
console.log(Atomics.add(shared, 0, 5), Atomics.sub(shared, 0, 2), Atomics.or(shared, 0, 12), Atomics.and(shared, 0, 6), Atomics.xor(shared, 0, 1), Atomics.load(shared, 0));
console.log(Atomics.compareExchange(shared, 0, 7, 1), Atomics.compareExchange(shared, 0, 7, 2), Atomics.exchange(shared, 0, 3.7), Atomics.store(shared, 1, -0), Atomics.isLockFree(4), Atomics.isLockFree(3));
console.log(Atomics.notify(shared, 0), Atomics.wait(shared, 0, 9, 10), Atomics.wait(shared, 0, 3, 1), Atomics.add(new Uint8Array([250]), 0, 10), Atomics.add(new BigUint64Array(1), 0, -1n));
console.log(attempt(() => Atomics.add(new Float64Array(1), 0, 1)), attempt(() => Atomics.load(shared, 4)), attempt(() => Atomics.wait(new Int32Array(1), 0, 0, 0)), attempt(() => Atomics.store([], 0, 0)));
