// Constructors that are called as functions, too.
const { Buffer: B } = require('buffer');
console.log(
  Buffer('abc'),
  new Buffer(3),
  new Buffer([1, 2]),
  Buffer.name,
  Buffer('ff', 'hex').slice(0, 1),
  B === Buffer,
  Buffer.from('x') instanceof Buffer,
  Buffer.from('x') instanceof Uint8Array,
  Buffer.prototype.constructor === Buffer,
  Buffer.from('abc')
    .subarray(1)
    .map((x) => x + 1),
  Buffer.from('abc').constructor.name,
  Object.prototype.toString.call(Buffer.alloc(1)),
  Buffer.of(1, 2),
  Buffer.concat([Buffer.from('a'), Buffer.from('b')]).toString(),
  Buffer.isBuffer(new Buffer(2)),
  typeof Buffer.poolSize,
  Buffer.from(new Uint8Array([1, 2]).buffer, 1),
);
class X extends Buffer {}
console.log(
  Intl.NumberFormat().format(1234),
  Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(0),
  new Intl.Collator() instanceof Intl.Collator,
  Intl.NumberFormat.name,
  Intl.Collator().compare('a', 'b'),
  Object.keys(Intl).length,
);
