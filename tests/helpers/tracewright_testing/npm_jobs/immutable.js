// Builds and changes collections.
const I = require('immutable');
let m = I.Map({ a: 1, b: I.List([1, 2, 3]) });
for (let i = 0; i < 200; i++) m = m.set('k' + i, i);
console.log(
  m.size,
  m.get('k77'),
  m.setIn(['b', 1], 9).toJS().b,
  I.fromJS({ a: { b: [1, { c: 2 }] } })
    .updateIn(['a', 'b', 1, 'c'], (x) => x + 1)
    .toString(),
);
console.log(
  I.Range(0, 100)
    .filter((x) => x % 3 == 0)
    .map((x) => x * x)
    .take(5)
    .toArray(),
  I.OrderedMap([
    ['z', 1],
    ['a', 2],
  ]).toString(),
  I.Set([1, 2, 2, 3]).union([5]).toString(),
  I.is(I.Map({ a: 1 }), I.Map({ a: 1 })),
);
const R = I.Record({ x: 0, y: 1 });
const r = new R({ x: 5 });
console.log(
  r.toString(),
  r.set('y', 2).equals(new R({ x: 5, y: 2 })),
  I.List([3, 1, 2]).sort().toString(),
  I.Seq([1, 2, 3])
    .groupBy((x) => x % 2)
    .toString(),
  I.Stack([1, 2]).push(3).toString(),
  m.hashCode(),
);
console.log(
  I.List([1, 2, 3, 4]).insert(2, 9).splice(0, 1).toJS(),
  I.merge({ a: 1 }, { b: 2 }),
  m.merge({ q: 1 }).size,
  I.List()
    .withMutations((l) => {
      for (let i = 0; i < 5000; i++) l.push(i);
    })
    .reduce((a, b) => a + b),
);
console.log(I.Map({ a: 1 }), I.List([1, I.Map({ x: 1 })]));
