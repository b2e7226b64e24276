// `transfer` takes a buffer's bytes away, also in the middle of a loop; the expected output is this engine's, compared with the standard by hand: node 20 has no `transfer`.
const attempt = (f) => { try { return f(); } catch (error) { return `${error.name}`; } };
const first = new ArrayBuffer(4, { maxByteLength: 8 }), bytes = new Uint8Array(first);
bytes.set([1, 2, 3, 4]);
const second = first.transfer(6);
console.log(first.detached, first.byteLength, first.maxByteLength, first.resizable, bytes.length, bytes[0], bytes.byteOffset, 0 in bytes);
console.log(second.detached, second.byteLength, second.maxByteLength, new Uint8Array(second).join());
const third = second.transferToFixedLength();
console.log(third.byteLength, third.resizable, new Uint8Array(third.transfer(2)).join(), third, new Uint8Array(third === third ? 1 : 0));
console.log(attempt(() => first.slice(0)), attempt(() => first.resize(1)), attempt(() => first.transfer()), attempt(() => new Uint8Array(first)), attempt(() => bytes.map((x) => x)), attempt(() => bytes.fill(0)));
console.log(attempt(() => { for (const x of bytes); }), attempt(() => new DataView(first)), Object.keys(bytes), attempt(() => second.transfer(-1)));
function detaching(at, bytes) {
  let sum = 0, missing = 0;
  for (let i = 0; i < 300; i++) {
    if (i === at) bytes.buffer.transfer();
    const value = bytes[i % 10];
    if (value === undefined) missing++; else sum += value;
    bytes[i % 10] = i;
  }
  return `${sum} ${missing}`;
}
for (const at of [0, 5, 100, 200, 300]) console.log(detaching(at, new Uint8Array(10).fill(1)), detaching(at, new Float64Array(10).fill(0.5)));
