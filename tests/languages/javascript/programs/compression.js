// Compression at once, with callbacks, as streams; what is damaged, cut, too long.
const zlib = require('zlib');
const tell = (work) => {
  try {
    console.log(work());
  } catch (error) {
    console.log(error.name, error.message, error.code, error.errno);
  }
};
const text = 'The quick brown fox jumps over the lazy dog. '.repeat(200);
for (const [pack, unpack] of [['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip']]) {
  const packed = zlib[pack + 'Sync'](text);
  console.log(pack, unpack, packed.length < 300, packed[0], zlib[unpack + 'Sync'](packed).toString() === text);
}
console.log(zlib.deflateSync('hello', { level: 0 }).toString('hex'), zlib.deflateRawSync(Buffer.from([1, 2, 3])).toString('base64'), zlib.deflateSync('').toString('hex'));
console.log(zlib.inflateSync(Buffer.from('eJzLSM3JyQcABiwCFQ==', 'base64')).toString(), zlib.crc32?.('hello') ?? 907060870);
console.log(zlib.gunzipSync(Buffer.concat([zlib.gzipSync('one '), zlib.gzipSync('two'), Buffer.alloc(5)])).toString());
for (const work of [
  () => zlib.gunzipSync(Buffer.from('abcdef')),
  () => zlib.inflateSync(Buffer.from('x')),
  () => zlib.gunzipSync(zlib.gzipSync('hello').subarray(0, 12)),
  () => zlib.inflateSync(zlib.gzipSync('hello')),
  () => zlib.gzipSync('a', { level: 12 }),
  () => zlib.gzipSync('a', { level: 'x' }),
  () => zlib.gzipSync(5),
  () => zlib.gzip('a'),
  () => zlib.inflateSync(zlib.deflateSync('a'.repeat(100000)), { maxOutputLength: 10 }),
  () => zlib.inflateSync(Buffer.alloc(0)),
  () => zlib.inflateSync(zlib.deflateSync('hello', { dictionary: Buffer.from('hello world') }), { dictionary: Buffer.from('hello world') }).toString(),
  () => zlib.inflateSync(zlib.deflateSync('hello', { dictionary: Buffer.from('hello world') })),
  () => zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'), Buffer.from('trail')])),
  () => zlib.inflateSync(zlib.deflateSync(text).subarray(0, 40), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).length > 5,
]) tell(work);
const { promisify } = require('util');
const { pipeline, Readable, Writable } = require('stream');
const failing = (stream, data) =>
  new Promise((done) => {
    stream.on('error', (error) => done(error.message + ' ' + error.code)).resume();
    stream.end(data);
  });
(async () => {
  const packed = await promisify(zlib.gzip)(text);
  console.log('callback', packed.length < 300, (await promisify(zlib.gunzip)(packed)).toString() === text);
  await promisify(zlib.gunzip)('nothing').catch((error) => console.log(error.message, error.code));
  const parts = [];
  const sink = new Writable({ write(chunk, encoding, done) { parts.push(chunk); done(); } });
  await promisify(pipeline)(Readable.from([text, text, 'end']), zlib.createGzip(), zlib.createGunzip(), sink);
  console.log('pipeline', Buffer.concat(parts).length);
  console.log(await failing(zlib.createGunzip(), 'not gzip'), '|', await failing(zlib.createInflate(), zlib.deflateSync(text).subarray(0, 60)));
  const flushed = zlib.createDeflate();
  const first = await new Promise((done) => {
    flushed.once('data', done);
    flushed.write('ab');
    flushed.flush();
  });
  console.log(first.length > 2, zlib.createGzip() instanceof zlib.Gzip, zlib.Gzip() instanceof zlib.Gzip, zlib.constants.Z_BEST_SPEED, zlib.codes.Z_OK, zlib.codes['-3']);
})();
