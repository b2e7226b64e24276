// Compression in JavaScript, read by that of the system.
const p = require('pako');
const d = p.deflate('hello '.repeat(1000));
console.log(d.length < 100, p.inflate(d, { to: 'string' }).length, Buffer.from(p.gzip('x')).subarray(0, 3));
console.log(require('zlib').inflateSync(Buffer.from(d)).length);
try {
  p.inflate(new Uint8Array([1, 2, 3]));
} catch (e) {
  console.log(String(e));
}
