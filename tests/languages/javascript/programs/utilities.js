const util = require('util');
console.log(
  util.format('%s %d %i %f %j %o %O %% %c|', 'a', 1.5, 2.7, '3.5', { a: 1 }, [1], { b: 2 }, 'css'),
  util.format('x', 1, 'y'),
  util.format(1, 'a'),
);
console.log(
  util.inspect('str'),
  util.inspect([1, [2, [3, [4, [5]]]]], { depth: 0 }),
  util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: Infinity }),
  util.inspect({ a: 1, b: 'x' }, { compact: false }),
);
class P {
  constructor() {
    this.x = 1;
  }
  [util.inspect.custom](depth, options, inspect) {
    return `P<${depth} ${typeof inspect}>`;
  }
}
console.log(new P(), [new P()], util.inspect({ p: new P() }));
console.log(
  util.inspect(
    {
      a: 1n,
      s: Symbol('q'),
      [Symbol('k')]: 2,
      f() {},
      g: class X {},
      d: new Date(0),
      r: /x/g,
      u: undefined,
      n: null,
      m: new Map([[1, { a: 2 }]]),
      st: new Set(['x']),
    },
    { colors: true },
  ),
);
console.log(
  util.isDeepStrictEqual({ a: [1, new Map([[{ x: 1 }, 2]])] }, { a: [1, new Map([[{ x: 1 }, 2]])] }),
  util.isDeepStrictEqual([1], ['1']),
  util.types.isPromise(Promise.resolve()),
  util.types.isRegExp(/x/),
  util.types.isProxy(new Proxy({}, {})),
  util.types.isGeneratorFunction(function* () {}),
  util.types.isAsyncFunction(async () => {}),
);
util
  .promisify((x, cb) => cb(null, x * 2))(21)
  .then(console.log);
util.callbackify(async (x) => x + 1)(1, (e, v) => console.log(e, v));
util.promisify(setImmediate)('soon').then(console.log);
function Old() {
  require('events').call(this);
}
util.inherits(Old, require('events'));
const o = new Old();
o.on('a', (x) => console.log('a', x));
o.emit('a', 3);
console.log(Old.super_ === require('events'), o instanceof require('events'));
console.log(
  util.styleText('red', 'x'),
  util.stripVTControlCharacters('\u001b[31mx\u001b[0m'),
  util.inspect(new Error('q')).split('\n')[0],
);
console.log(
  util.parseArgs({
    args: ['-v', '--name=x', '--list', 'a', '--list', 'b', 'pos'],
    options: {
      verbose: { type: 'boolean', short: 'v' },
      name: { type: 'string' },
      list: { type: 'string', multiple: true },
    },
    allowPositionals: true,
  }),
);
try {
  util.parseArgs({ args: ['--no'], options: {} });
} catch (e) {
  console.log(e.code, e.message);
}
console.log(
  util.inspect(
    new (class Foo {
      a = 1;
    })(),
  ),
  util.inspect(Object.create(null)),
  util.inspect(Object.create({ constructor: null })),
  util.inspect(new Proxy({ a: 1 }, {})),
  util.inspect(function f() {}),
  util.inspect(Object.assign(() => {}, { k: 1 })),
  util.inspect([, 1, , , 2]),
  util.inspect("a'b"),
  util.inspect(-0),
  util.inspect([undefined, null]),
  util.inspect({
    get a() {
      return 1;
    },
    set a(v) {},
  }),
  util.inspect(new (class extends Map {})([[1, 2]])),
  util.inspect(Object.create({}, { h: { value: 1 } }), { showHidden: true }),
);
console.log(
  util.inspect({ z: 1, a: 2 }, { sorted: true }),
  util.inspect(
    Array.from({ length: 200 }, (_, i) => i),
    { maxArrayLength: 3 },
  ),
  util.inspect('x'.repeat(200), { breakLength: 20 }).length,
);
console.log(util.inspect({ a: { b: 1 } }, { breakLength: 5 }));
console.dir({ a: { b: { c: { d: {} } } } }, { depth: 0 });
class Empty {}
console.log({
  a: {
    b: {
      c: [],
      d: {},
      e: new Map(),
      f: new Empty(),
      g: [1],
      h: { i: 1 },
      j: new Map([[1, 2]]),
      k: new Set(),
      l: () => 1,
    },
  },
});
const EventEmitter = require('events');
const e = new EventEmitter();
e.once('x', () => console.log('once'));
e.on('x', function () {
  console.log(this === e);
});
e.prependListener('x', () => console.log('first'));
console.log(e.emit('x'), e.emit('x'), e.emit('y'), e.listenerCount('x'), e.eventNames());
try {
  e.emit('error', new Error('boom'));
} catch (x) {
  console.log(x.message);
}
try {
  e.emit('error', 5);
} catch (x) {
  console.log(x.code, x.message, x.context);
}
try {
  e.on('x', 1);
} catch (x) {
  console.log(x.message);
}
e.on('newListener', (t) => console.log('new', t));
e.on('z', () => {});
e.removeAllListeners('z');
e.off('x', () => {});
console.log(e.rawListeners('x').length);
EventEmitter.once(e, 'later').then((v) => console.log('later', v));
e.emit('later', 1, 2);
(async () => {
  setTimeout(() => {
    e.emit('it', 1);
    e.emit('it', 2);
  }, 1);
  let n = 0;
  for await (const [v] of EventEmitter.on(e, 'it')) {
    console.log('it', v);
    if (++n == 2) break;
  }
})();
