// Works on collections.
const _ = require('underscore');
console.log(
  _.chain([1, 2, 3, 4])
    .filter((x) => x % 2)
    .map((x) => x * 3)
    .value(),
  _.groupBy(['one', 'two', 'three'], 'length'),
  _.template('<% _.each(l,function(x){ %><i><%- x %></i><% }) %>')({ l: ['a', '<b>'] }),
  _.isEqual({ a: [1, /x/g] }, { a: [1, /x/g] }),
  _.debounce.length,
  _.sortBy([{ n: 'b' }, { n: 'a' }], 'n'),
  _.zip([1, 2], ['a', 'b']),
  _.flatten([1, [2, [3, [4]]]]),
  _.memoize((x) => x)(3),
  _.unzip([
    [1, 2],
    [3, 4],
  ]),
  _.invert({ a: 'b' }),
  _.shuffle([1, 2, 3]).length,
  _.escape('<&"'),
  _.partial((a, b) => a - b, _, 3)(10),
  _(new Set([1, 2])).toArray(),
);
