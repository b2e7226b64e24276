// The order of ticks, microtasks, timers and immediates.
const log = (...a) => console.log(...a);
setTimeout(() => {
  log('t0');
  Promise.resolve().then(() => log('t0 micro'));
  process.nextTick(() => log('t0 tick'));
}, 0);
setTimeout(() => log('t1'), 0);
setImmediate(() => {
  log('imm');
  setImmediate(() => {
    log('imm2');
    intervals();
  });
  process.nextTick(() => log('imm tick'));
});
(async () => {
  log('a1');
  await null;
  log('a2');
  process.nextTick(() => log('tick in async'));
  await null;
  log('a3');
})();
process.nextTick(() => {
  log('tick1');
  process.nextTick(() => log('tick nested'));
  queueMicrotask(() => log('micro in tick'));
});
Promise.resolve()
  .then(() => log('p1'))
  .then(() => log('p2'));
queueMicrotask(() => log('q'));
const dead = setTimeout(() => log('never'), 1);
clearTimeout(dead);
setTimeout(() => log('unref never'), 100000).unref();
log('sync');
process.on('beforeExit', () => {
  if (!globalThis.once) {
    globalThis.once = 1;
    log('beforeExit');
    setTimeout(() => log('after'), 1);
  }
});
process.on('exit', (c) => log('exit', c, process.exitCode));
process.exitCode = 3;
function intervals() {
  require('util').promisify(setTimeout)(40, 'v').then(log);
  setTimeout(
    (a, b) => {
      log('args', a, b);
      let n = 0;
      const iv = setInterval(() => {
        log('iv', ++n);
        if (n === 3) clearInterval(iv);
      }, 2);
    },
    100,
    1,
    2,
  );
}
