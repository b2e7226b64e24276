// Work with callbacks: in turns, at once, in queues.
const async = require('async');
const out = [];
async.parallelLimit(
  [1, 2, 3].map(
    (n) => (cb) =>
      setTimeout(() => {
        out.push(n);
        cb(null, n * 2);
      }, 10 * n),
  ),
  2,
  (e, r) => {
    console.log(e, r, out);
    async.waterfall([(cb) => cb(null, 1), (a, cb) => cb(null, a + 1)], (e, r) => console.log(e, r));
    const q = async.queue((t, cb) => {
      console.log('task', t);
      cb();
    }, 2);
    q.drain(() => console.log('drained'));
    q.push([1, 2, 3]);
    async.eachOf({ a: 1 }, (v, k, cb) => {
      console.log(k, v);
      cb();
    });
    async.auto({ a: (cb) => cb(null, 'x'), b: ['a', (r, cb) => cb(null, r.a + 'y')] }).then((r) => console.log(r));
  },
);
