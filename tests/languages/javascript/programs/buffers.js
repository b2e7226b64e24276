// Buffer, TextEncoder and TextDecoder, and what builds on them.
const b = Buffer.from('héllo wörld €');
console.log(
  b,
  b.length,
  b.toString(),
  b.toString('hex'),
  b.toString('base64'),
  b.toString('latin1'),
  b.toString('utf8', 1, 3),
  b.slice(0, 2),
  b.subarray(2, 4),
  JSON.stringify(b.slice(0, 2)),
);
console.log(
  Buffer.from('ff00zz', 'hex'),
  Buffer.from('aGVsbG8=', 'base64').toString(),
  Buffer.from('aGVsbG8', 'base64url').toString(),
  Buffer.from([256, -1, 1.5]),
  Buffer.from('ab', 'utf16le'),
  Buffer.from(new Uint16Array([1, 258])),
  Buffer.from(b).equals(b),
);
console.log(
  Buffer.alloc(3),
  Buffer.alloc(5, 'ab'),
  Buffer.concat([Buffer.from('a'), Buffer.from('bc')]),
  Buffer.concat([b, b], 3),
  Buffer.byteLength('€'),
  Buffer.isBuffer(b),
  Buffer.isBuffer(new Uint8Array(1)),
  Buffer.compare(Buffer.from('a'), Buffer.from('b')),
  Buffer.isEncoding('UTF-8'),
  Buffer.isEncoding('x'),
);
console.log(
  b.indexOf('w'),
  b.indexOf(0x6c),
  b.includes('zzz'),
  b.lastIndexOf('l'),
  b.indexOf(Buffer.from('o')),
  b.equals(Buffer.from('x')),
  b[1],
  b.at(-1),
);
const w = Buffer.alloc(24);
console.log(
  w.write('abc', 1),
  w.writeUInt32BE(0xdeadbeef, 4),
  w.writeInt16LE(-2, 8),
  w.writeDoubleLE(1.5, 10),
  w.writeFloatBE(-0.5, 18),
  w,
  w.readUInt32BE(4),
  w.readInt16LE(8),
  w.readDoubleLE(10),
  w.readFloatBE(18),
  w.readUInt8(1),
  w.readIntBE(4, 3),
  w.readUIntLE(4, 6),
);
w.fill(0);
w.writeBigInt64BE(-5n, 0);
console.log(w.readBigInt64BE(0), w.readBigUInt64LE(0), w.writeUIntBE(0x123456, 8, 3), w.slice(8, 11));
for (const f of [
  () => w.readInt32LE(23),
  () => w.writeUInt8(256, 0),
  () => Buffer.from(5),
  () => Buffer.alloc('x'),
  () => b.toString('nope'),
  () => w.readInt8(1.5),
  () => Buffer.concat('x'),
])
  try {
    f();
    console.log('no');
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
console.log(
  Buffer.from('abcd').swap16().toString(),
  [...Buffer.from('ab').entries()],
  Buffer.from('abc').reverse().toString(),
  Buffer.from('x'.repeat(60)),
  Buffer.from('abc').map((x) => x + 1),
  Buffer.from('cab').sort(),
);
const copy = Buffer.alloc(4);
console.log(
  Buffer.from('xyz').copy(copy, 1),
  copy,
  Buffer.from(new Uint8Array([1, 2, 3]).buffer, 1, 2),
  new Uint8Array(Buffer.from('q')),
);
console.log(
  new TextEncoder().encode('é€😀'),
  new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 104, 105, 0xff])),
  new TextDecoder('latin1').decode(new Uint8Array([233])),
  new TextDecoder('utf-16le').decode(new Uint8Array([104, 0])),
);
try {
  new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff]));
} catch (e) {
  console.log(e.name, e.code);
}
const d = new TextDecoder();
console.log(
  d.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + d.decode(new Uint8Array([0xac])),
  new TextEncoder().encodeInto('aé', new Uint8Array(2)),
);
const { StringDecoder } = require('string_decoder');
const sd = new StringDecoder('utf8');
console.log(sd.write(Buffer.from([0xe2, 0x82])), sd.write(Buffer.from([0xac])), sd.end(Buffer.from([0xe2])));
const c = structuredClone({
  a: new Map([[1, new Date(0)]]),
  b: new Uint8Array([1, 2]),
  r: /x/g,
  e: new RangeError('q'),
  n: [1, , 3],
  big: 5n,
});
console.log(c.a, c.b, c.r, c.e.message, c.e instanceof RangeError, c.n, c.big);
const cyc = {};
cyc.me = cyc;
const c2 = structuredClone(cyc);
console.log(c2.me === c2, c2 !== cyc);
try {
  structuredClone(() => {});
} catch (e) {
  console.log(e.name, e.code, e instanceof DOMException);
}
console.log(
  atob('aGk='),
  btoa('hi'),
  /^[0-9a-f-]{36}$/.test(crypto.randomUUID()),
  crypto.getRandomValues(new Uint8Array(4)).length,
  require('crypto').randomBytes(8).length,
);
const ac = new AbortController();
ac.signal.addEventListener('abort', (e) => console.log('aborted', e.type, ac.signal.reason.name));
ac.abort();
console.log(ac.signal.aborted);
try {
  ac.signal.throwIfAborted();
} catch (e) {
  console.log(e.message);
}
const { Readable, Writable, Transform, pipeline } = require('stream');
pipeline(
  Readable.from(['a', 'b', 'c']),
  new Transform({
    objectMode: true,
    transform(x, e, cb) {
      cb(null, x + x);
    },
  }),
  new Writable({
    objectMode: true,
    write(x, e, cb) {
      console.log('w', x);
      cb();
    },
  }),
  (e) => console.log('done', e),
);
