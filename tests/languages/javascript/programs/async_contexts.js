// What `async_hooks`, `diagnostics_channel` and `punycode` do.
const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
const storage = new AsyncLocalStorage();
const other = new AsyncLocalStorage();

async function work(name) {
  console.log(name, storage.getStore(), other.getStore());
  await null;
  console.log(name, 'after await', storage.getStore());
  await new Promise((resolve) => setTimeout(resolve, name === 'first' ? 200 : 450));
  console.log(name, 'after timer', storage.getStore());
}

const bound = storage.run('bound', () => AsyncResource.bind(() => storage.getStore()));
const snapshot = storage.run('kept', () => AsyncLocalStorage.snapshot());
console.log(storage.getStore(), bound(), snapshot(() => storage.getStore()));
storage.run('one', () => other.run('inner', () => work('first')));
storage.run('two', () => {
  work('second');
  process.nextTick(() => console.log('tick', storage.getStore()));
  setImmediate(() => console.log('immediate', storage.getStore()));
  queueMicrotask(() => console.log('microtask', storage.getStore()));
  Promise.resolve().then(() => console.log('then', storage.getStore()));
  storage.exit(() => console.log('outside', storage.getStore()));
  console.log('inside', storage.getStore());
});
console.log('outside', storage.getStore());
try {
  storage.run('thrown', () => {
    throw new Error('x');
  });
} catch {
  console.log(storage.getStore());
}
setTimeout(() => {
  storage.enterWith('entered');
  setTimeout(() => console.log('after entering', storage.getStore()), 1);
}, 800);

const channels = require('diagnostics_channel');
const channel = channels.channel('jobs');
const listener = (message, name) => console.log(name, message);
channel.publish('nobody listens');
channels.subscribe('jobs', listener);
channel.publish({ id: 1 });
console.log(channel.hasSubscribers, channels.unsubscribe('jobs', listener), channels.hasSubscribers('jobs'));

const names = ['mañana', 'bücher', '日本語', 'abc', 'ü-x-é', '☃-⌘'];

const punycode = require('punycode');
for (const name of names) {
  const encoded = punycode.encode(name);
  console.log(name, encoded, punycode.decode(encoded));
}
console.log(punycode.toASCII('info@mañana.com'), punycode.toUnicode('xn--maana-pta.com'));
