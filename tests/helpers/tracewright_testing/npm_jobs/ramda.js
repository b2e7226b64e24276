// Composes functions.
const R = require('ramda');
console.log(
  R.pipe(
    R.map(R.inc),
    R.filter((x) => x % 2),
    R.reduce(R.add, 0),
  )([1, 2, 3, 4]),
  R.groupBy((x) => x.length, ['a', 'bb', 'cc']),
  R.path(['a', 'b'], { a: { b: 1 } }),
  R.evolve({ a: R.inc }, { a: 1, b: 2 }),
  R.zipWith(R.multiply, [1, 2], [3, 4]),
);
console.log(
  R.curry((a, b, c) => a + b + c)(1)(2)(3),
  R.equals({ a: [1, new Date(0)] }, { a: [1, new Date(0)] }),
  R.sortBy(R.prop('x'), [{ x: 3 }, { x: 1 }]),
  R.assocPath(['a', 'b'], 1, {}),
  R.toString({ a: [1, 'x', null, undefined, /a/g] }),
  R.transduce(R.compose(R.map(R.inc), R.take(2)), R.flip(R.append), [], [1, 2, 3]),
);
console.log(
  R.lensPath(['a', 0]),
  R.over(R.lensProp('x'), R.negate, { x: 1 }),
  R.mergeDeepRight({ a: { b: 1 } }, { a: { c: 2 } }),
  R.uniq([1, '1', [1], [1]]),
  R.splitEvery(2, [1, 2, 3]),
  R.countBy(Math.floor)([1.2, 1.3, 2]),
  R.converge(R.divide, [R.sum, R.length])([1, 2, 3]),
  R.memoizeWith(String, (x) => x * 2)(3),
  R.cond([
    [R.equals(1), R.always('one')],
    [R.T, R.always('else')],
  ])(2),
);
