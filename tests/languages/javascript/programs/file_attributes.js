// Links, permissions and times of files, folders entry by entry; random bytes and keys; messages between ports.
const fs = require('fs');
const os = require('os');
const path = require('path');
const crypto = require('crypto');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'attributes-'));
const at = (name) => path.join(folder, name);
const tell = (work) => {
  try {
    console.log(work());
  } catch (error) {
    console.log(error.code, error.message.replaceAll(folder, 'FOLDER'), error.syscall, error.errno);
  }
};
fs.writeFileSync(at('a.txt'), 'hello');
fs.chmodSync(at('a.txt'), 0o640);
console.log((fs.statSync(at('a.txt')).mode & 0o777).toString(8));
fs.chmodSync(at('a.txt'), '755');
console.log((fs.statSync(at('a.txt')).mode & 0o777).toString(8));
fs.utimesSync(at('a.txt'), 1000, new Date('2020-01-02T03:04:05.678Z'));
console.log(fs.statSync(at('a.txt')).mtime, fs.statSync(at('a.txt')).atimeMs);
fs.symlinkSync('a.txt', at('link'));
fs.linkSync(at('a.txt'), at('hard'));
console.log(fs.readlinkSync(at('link')), fs.lstatSync(at('link')).isSymbolicLink(), fs.readFileSync(at('link'), 'utf8'), fs.readFileSync(at('hard'), 'utf8'));
console.log(fs.realpathSync(at('link')) === fs.realpathSync(at('a.txt')), typeof fs.realpath.native);
tell(() => fs.readlinkSync(at('a.txt')));
tell(() => fs.chmodSync(at('none'), 0o600));
tell(() => fs.symlinkSync('x', at('link')));
tell(() => fs.linkSync(at('none'), at('other')));
tell(() => fs.chmodSync(at('a.txt'), {}));
const descriptor = fs.openSync(at('a.txt'), 'r+');
fs.ftruncateSync(descriptor, 2);
fs.futimesSync(descriptor, 5, 6);
fs.fchmodSync(descriptor, 0o600);
console.log(fs.fstatSync(descriptor).size, fs.fstatSync(descriptor).mtimeMs, (fs.fstatSync(descriptor).mode & 0o777).toString(8));
fs.closeSync(descriptor);
(async () => {
  const names = [];
  for await (const entry of await fs.promises.opendir(folder)) names.push(`${entry.name} ${entry.isFile()} ${entry.isSymbolicLink()}`);
  console.log(names.sort());
  const opened = fs.opendirSync(folder);
  console.log(opened.path === folder, typeof opened.readSync().name);
  opened.closeSync();
  await fs.promises.symlink('hard', at('later'));
  console.log(await fs.promises.readlink(at('later')), await new Promise((done) => fs.readlink(at('none'), (error) => done(error.code))));
  fs.rmSync(folder, { recursive: true });
  console.log(fs.existsSync(folder));
  console.log(crypto.pbkdf2Sync('password', 'salt', 2, 40, 'sha512').toString('hex'), Buffer.from(crypto.hkdfSync('sha256', 'key', 'salt', 'info', 20)).toString('hex'));
  const filled = crypto.randomFillSync(new Uint16Array(8), 2, 4);
  console.log(filled.length, filled[0] + filled[1] + filled[6] + filled[7]);
  tell(() => crypto.randomFillSync(Buffer.alloc(4), 2, 5));
  console.log(Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('abc'))).toString('hex').slice(0, 16), new (require('string_decoder').StringDecoder)('utf8').end(Buffer.from([0xe2, 0x82])));
  const { port1, port2 } = new MessageChannel();
  const [first] = await new Promise((done) => {
    const got = [];
    port2.on('message', (message) => got.push(message) === 2 && done(got));
    const sent = { a: [1, new Map([[1, 2]])] };
    port1.postMessage(sent);
    sent.a.push('not this');
    port1.postMessage('second');
  });
  console.log(first);
  port2.postMessage('waits');
  console.log(require('worker_threads').receiveMessageOnPort(port1), require('worker_threads').receiveMessageOnPort(port1));
  tell(() => port1.postMessage(() => {}));
  port1.close();
  const [sender, receiver] = [new BroadcastChannel('name'), new BroadcastChannel('name')];
  const event = await new Promise((done) => {
    receiver.onmessage = done;
    sender.postMessage({ to: 'all' });
  });
  console.log(event.type, event.data);
  sender.close();
  receiver.close();
})();
