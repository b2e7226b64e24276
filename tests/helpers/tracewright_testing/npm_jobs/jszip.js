// Archives.
const Z = require('jszip');
(async () => {
  const z = new Z();
  z.file('a.txt', 'hello '.repeat(100));
  z.folder('d').file('b.bin', new Uint8Array([1, 2, 3]));
  const b = await z.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
  const y = await Z.loadAsync(b);
  console.log(
    Object.keys(y.files),
    (await y.file('a.txt').async('string')).length,
    [...(await y.file('d/b.bin').async('uint8array'))],
    b.length < 500,
  );
})();
