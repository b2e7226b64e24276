// Digests, with and without a key.
const c = require('crypto');
for (const n of ['md5', 'sha1', 'sha256', 'sha512'])
  console.log(
    n,
    c
      .createHash(n)
      .update('héllo')
      .update(Buffer.from([1, 2]))
      .digest('hex'),
    c.createHmac(n, 'key').update('data').digest('base64'),
  );
console.log(
  c.createHash('sha256').update('').digest(),
  c.createHmac('sha1', 'k'.repeat(100)).update('x').digest('hex'),
  c.timingSafeEqual(Buffer.from('a'), Buffer.from('a')),
);
try {
  c.createHash('nope');
} catch (e) {
  console.log(e.name);
}
try {
  const h = c.createHash('md5');
  h.digest();
  h.update('x');
} catch (e) {
  console.log(e.code, e.message);
}
