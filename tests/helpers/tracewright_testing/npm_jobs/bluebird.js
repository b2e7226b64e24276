// Promises of its own.
const P = require('bluebird');
P.map([1, 2, 3], (x) => P.delay(5).then(() => x * 2), { concurrency: 2 })
  .then((r) => console.log(r))
  .then(() => P.reduce([1, 2, 3], (a, b) => a + b, 0))
  .tap(console.log)
  .then(() => P.props({ a: 1, b: P.resolve(2) }))
  .then(console.log)
  .then(() => P.any([P.reject(new Error('x')), P.resolve(3)]))
  .then(console.log);
P.promisify((a, cb) => cb(null, a + 1))(4).then(console.log);
P.reject(new TypeError('t'))
  .catch(TypeError, (e) => console.log('caught', e.message))
  .finally(() => console.log('fin'));
P.delay(50)
  .timeout(5)
  .catch(P.TimeoutError, (e) => console.log(e.message));
