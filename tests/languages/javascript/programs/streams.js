// Streams of every kind, in the order in which node does things; each group begins when the one before is over.
const { Readable, Writable, Transform, Duplex, PassThrough, pipeline, finished, Stream } = require('stream');
const util = require('util');
const log = (...x) => console.log(...x);

const groups = [
  () => {
    // Legacy inheritance.
    function Old(o) {
      Readable.call(this, o);
      this.n = 0;
    }
    util.inherits(Old, Readable);
    Old.prototype._read = function () {
      this.push(this.n < 3 ? `old${this.n++}` : null);
    };
    new Old({ encoding: 'utf8' })
      .on('data', (d) => log('data', d))
      .on('end', () => log('old end'))
      .on('close', () => log('old close'));
    class Collect extends Transform {
      constructor() {
        super();
        this.chunks = [];
        this.waiting = 'mine';
      }
      _transform(c, e, cb) {
        this.chunks.push(c);
        cb();
      }
      _flush(cb) {
        this.push(Buffer.concat(this.chunks));
        cb();
      }
    }
    const c = new Collect();
    c.on('data', (d) => log('collected', String(d), c.waiting));
    c.on('finish', () => log('collect finish'));
    c.on('end', () => log('collect end'));
    c.write('a');
    c.write(Buffer.from('b'));
    c.end('c');
  },
  () => {
    // Readable with `readable` and read(n).
    const r = new Readable({ read() {} });
    r.on('readable', () => {
      let x;
      while ((x = r.read(3)) !== null) log('read', String(x));
    });
    r.on('end', () => log('r end'));
    r.push('abcdefgh');
    r.push(null);
  },
  () => {
    // Back pressure.
    const seen = [];
    const w = new Writable({
      highWaterMark: 5,
      write(chunk, e, cb) {
        seen.push(String(chunk));
        setTimeout(cb, 2);
      },
    });
    log(w.write('abc'), w.write('def'), w.writableLength, w.writableNeedDrain);
    w.on('drain', () => {
      log('drain', seen.join());
      w.end('last', () => log('end callback', w.writableFinished));
    });
    w.on('finish', () => log('finish', seen.join()));
    w.on('close', () => log('w close', w.destroyed));
  },
  () => {
    const w = new Writable({
      write(c, e, cb) {
        cb(new Error('bad'));
      },
    });
    w.on('error', (e) => log('error', e.message, w.destroyed));
    w.on('close', () => log('closed'));
    w.write('x', (e) => log('callback', e.message));
  },
  () => {
    const w = new Writable({
      writev(chunks, cb) {
        log(
          'writev',
          chunks.map((x) => String(x.chunk)),
        );
        cb();
      },
    });
    w.cork();
    w.write('1');
    w.write('2');
    w.uncork();
    w.end();
    const after = new Writable({
      write(c, e, cb) {
        cb();
      },
    });
    after.on('error', (e) => log(e.code));
    after.end();
    after.write('x');
  },
  async () => {
    const parts = [];
    for await (const x of Readable.from(['a', 'b']).pipe(new PassThrough({ objectMode: true })))
      parts.push(x);
    log(
      parts,
      await Readable.from([1, 2, 3])
        .map((x) => x * 2)
        .filter((x) => x > 2)
        .toArray(),
    );
    const { pipeline: p } = require('stream/promises');
    await p(
      Readable.from(['x', 'y']),
      async function* (source) {
        for await (const q of source) yield q.toUpperCase();
      },
      async (source) => {
        for await (const q of source) log('sink', String(q));
      },
    );
    try {
      await p(
        Readable.from(['z']),
        new Transform({
          transform(ch, e, cb) {
            cb(new Error('in the middle'));
          },
        }),
        new PassThrough(),
      );
    } catch (e) {
      log(e.message);
    }
    pipeline(Readable.from(['1']), new PassThrough(), (e) => log('pipeline', e)).resume();
    const half = new Readable({ read() {} });
    finished(half, (e) => log('finished', e.code));
    half.destroy();
    half.on('error', (e) => log('never', e));
  },
  () => {
    const d = new Duplex({
      read() {
        this.push('r');
        this.push(null);
      },
      write(ch, e, cb) {
        log('d write', String(ch));
        cb();
      },
    });
    d.on('data', (x) => log('d data', String(x)))
      .on('end', () => log('d end'))
      .on('finish', () => log('d finish'))
      .on('close', () => log('d close'));
    d.end('w');
    log(
      d instanceof Readable,
      d instanceof Writable,
      Stream.prototype.isPrototypeOf(d),
      typeof Stream.call({}),
      new Readable().readableFlowing,
    );
  },
  () => {
    const src = new Readable({ read() {} });
    const dst = new Writable({
      write(ch, e, cb) {
        log('dst', String(ch));
        cb();
      },
    });
    dst.on('pipe', () => log('piped')).on('unpipe', () => log('unpiped'));
    src.pipe(dst);
    src.push('1');
    setTimeout(() => {
      src.unpipe(dst);
      src.push('2');
      setTimeout(() => log(src.readableFlowing, src.readableLength), 5);
    }, 5);
    src.setEncoding('hex');
  },
];

function next() {
  groups.shift()();
  if (groups.length > 0) setTimeout(next, 60);
}
next();
