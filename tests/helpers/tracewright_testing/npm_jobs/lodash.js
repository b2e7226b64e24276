const _ = require('lodash');
const users = [
  { n: 'a', age: 3, t: ['x'] },
  { n: 'b', age: 1, t: ['y', 'z'] },
  { n: 'c', age: 3, t: [] },
];
console.log(
  _.groupBy(users, 'age'),
  _.sortBy(users, ['age', 'n']).map((u) => u.n),
  _.chunk([1, 2, 3, 4, 5], 2),
  _.flattenDeep([1, [2, [3, [4]]]]),
  _.uniq([1, 1, 2]),
  _.merge({ a: { b: 1 } }, { a: { c: 2 } }),
);
console.log(
  _.template('hello <%= user %>! <% _.forEach(list, function(x) { %><<%- x %>><% }) %>')({
    user: 'w',
    list: ['<', '&'],
  }),
  _.camelCase('foo bar-baz'),
  _.kebabCase('fooBar'),
  _.get({ a: [{ b: 7 }] }, 'a[0].b'),
  _.debounce.length,
  _.range(5),
  _.cloneDeep({ a: [new Date(0), /x/g, new Map([[1, 2]])] }),
  _.isEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }),
);
console.log(
  _(users)
    .filter((u) => u.age > 1)
    .map('n')
    .value(),
  _.sumBy(users, 'age'),
  _.partition([1, 2, 3], (n) => n % 2),
  _.zip([1, 2], ['a', 'b']),
  _.VERSION,
);
