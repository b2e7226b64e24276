// What `JSON.stringify` writes: all kinds of values, indents, replacers, `toJSON`, circles, depth.
const tell = (work) => {
  try {
    console.log(work());
  } catch (error) {
    console.log(error.name, error.message);
  }
};
class Point {
  constructor() {
    this.x = 1;
    this.self = { deep: [0, { back: this }] };
  }
}
const values = [undefined, () => 1, Symbol('s'), null, true, -0, 1.5, NaN, 2 ** 53, 'a"\\\n\u2028\ud800é', [], {}, [undefined, () => 1, Symbol('s')], { a: undefined, b: () => 1, c: 1, [Symbol('s')]: 2, 5: 'index', 'ä"': 'ü' }, new Date(0), new Map([[1, 2]]), [1, [2, [3, { x: [] }]]], Object(1n) && Object('boxed'), Object(5), new Error('x'), { toJSON: (key) => `key ${key}` }];
for (const value of values) console.log(JSON.stringify(value), JSON.stringify(value, null, 2), JSON.stringify([value], null, '--'));
tell(() => JSON.stringify(10n));
tell(() => JSON.stringify({ a: [1n] }));
tell(() => JSON.stringify(new Point()));
const own = {};
own.own = own;
tell(() => JSON.stringify(own));
const list = [];
list.push([list]);
tell(() => JSON.stringify({ list }));
const chain = {};
let last = chain;
for (const name of ['a', 'b', 'c', 'd', 'e']) last = last[name] = name === 'c' ? [] : {};
last.end = chain;
tell(() => JSON.stringify({ chain }));
const nameless = Object.create(null);
nameless.x = { nameless };
tell(() => JSON.stringify(nameless));
const many = { level: 0 };
let inner = many;
for (let i = 1; i < 40; i++) inner = inner.next = { level: i };
inner.first = many;
tell(() => JSON.stringify(many));
inner.first = [inner.level, { again: 1 }];
tell(() => JSON.stringify([many, many]).length);
const twice = { once: 1 };
tell(() => JSON.stringify([twice, twice, { twice }]));
tell(() => JSON.stringify({ a: 1, b: [1, { a: 2, c: 3 }] }, ['a', 'b']));
tell(() => JSON.stringify({ a: 1, b: 'x', c: [1, 2] }, (key, value) => (typeof value === 'number' ? value * 2 : key === 'b' ? undefined : value), 1));
tell(() => JSON.stringify({ get a() { delete this.b; return 1; }, b: 2, c: 3 }));
tell(() => JSON.stringify({ date: { toJSON() { return { inner: [this === undefined] }; } } }, null, '\t'));
tell(() => JSON.stringify('\u4e00'.repeat(3) + 'a'), JSON.stringify({ '\u4e00': '\u{1F600}' }));
let deep = [];
for (let i = 0; i < 900; i++) deep = i % 2 ? [deep] : { deep };
tell(() => JSON.stringify(deep).length);
function hot(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += JSON.stringify({ id: i, name: 'n' + i, tags: ['x', i % 3], nested: { ok: i % 2 === 0, none: undefined, value: i / 4 } }).length;
  return sum;
}
console.log(hot(500));
