// Paths of Windows, addresses, and texts that become functions.
const p = require('path').win32;
for (const x of [
  'C:\\a\\..\\b\\c.txt',
  '/x/y/',
  'C:x',
  '\\\\srv\\share\\d\\..\\e',
  '',
  'a/b/../..',
  'C:\\',
  '..\\..\\q',
  'C:/a//b.tar.gz',
])
  console.log(
    JSON.stringify([
      x,
      p.normalize(x),
      p.isAbsolute(x),
      p.dirname(x),
      p.basename(x),
      p.extname(x),
      p.parse(x),
    ]),
  );
console.log(
  p.join('C:\\a', '..', 'b', '/c'),
  p.join('a', '', '..'),
  p.resolve('C:\\a', 'b', '..', 'c'),
  p.resolve('C:\\a', 'D:\\x', '\\y'),
  p.relative('C:\\a\\b', 'C:\\a\\c\\d'),
  p.relative('C:\\a', 'D:\\b'),
  p.format({ dir: 'C:\\x', base: 'y.z' }),
  p.sep,
  p.delimiter,
  p.posix === require('path'),
  require('path').win32 === p,
  p.join('/x', 'y'),
);
const net = require('net');
for (const a of [
  '1.2.3.4',
  '256.1.1.1',
  '::1',
  'fe80::1%eth0',
  '1:2:3:4:5:6:7:8',
  '::ffff:1.2.3.4',
  '1::2::3',
  'g::',
  '1.2.3',
  '',
])
  console.log(a, net.isIP(a));
try {
  new Function('a b');
} catch (e) {
  console.log(e.name, e.message);
}
const load = new Function('file', 'return import(file)');
load('./modules/b.mjs').then(
  (found) => console.log(found.y),
  (error) => console.log(error.code),
);
console.log(
  new Function('a', 'b', 'return a+b')(1, 2),
  Function('return this')() === globalThis,
  Reflect.construct(Function, ['return 7'])(),
);
