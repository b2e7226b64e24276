// Programs beside this one: what they say, how they end, their time limits; `exec` and its kin.
const { spawn, exec, execFile, spawnSync, fork } = require('child_process');
const { promisify } = require('util');
const gather = (child) =>
  new Promise((done) => {
    const events = [];
    let [out, err] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text) => (out += text));
    child.stderr?.on('data', (data) => (err += data));
    child.on('error', (error) => events.push(['error', error.message, error.code, error.syscall, error.path, error.spawnargs]));
    child.on('spawn', () => events.push('spawn'));
    child.on('exit', (code, signal) => events.push(['exit', code, signal]));
    child.on('close', (code, signal) => done(JSON.stringify([events, code, signal, out.length > 200 ? out.length : out, err])));
  });
(async () => {
  console.log(await gather(spawn('echo', ['hello', 'world'])));
  console.log(await gather(spawn('sh', ['-c', 'echo out; echo err >&2; exit 3'])));
  const cat = spawn('cat');
  const answer = gather(cat);
  cat.stdin.write('first ');
  cat.stdin.end('second');
  console.log(await answer, cat.exitCode, cat.signalCode, cat.killed, cat.spawnargs, cat.spawnfile, typeof cat.pid);
  const large = spawn('wc', ['-c']);
  const counted = gather(large);
  for (let i = 0; i < 10; i++) large.stdin.write('x'.repeat(10000));
  large.stdin.end();
  console.log(await counted);
  console.log(await gather(spawn('head', ['-c', '60000', '/dev/zero'])));
  console.log(await gather(spawn('no-such-program-here', ['a'])));
  const sleeper = spawn('sleep', ['20']);
  setTimeout(() => console.log(sleeper.kill(), sleeper.kill('SIGKILL')), 20);
  console.log(await gather(sleeper), sleeper.killed, sleeper.kill());
  console.log(await gather(spawn('pwd', { cwd: '/' })), await gather(spawn('echo $A$B', { shell: true, env: { A: 'one', B: 2, PATH: process.env.PATH } })));
  console.log(await gather(spawn('echo', ['not shown'], { stdio: 'ignore' })), await gather(spawn('sh', ['-c', 'echo one; echo two >&2'], { stdio: ['ignore', 'pipe', 'ignore'] })));
  console.log(await gather(spawn('echo', ['inherited'], { stdio: 'inherit' })));
  console.log(await gather(spawn('sleep', ['20'], { timeout: 30 })));
  const run = promisify(exec);
  console.log(await run('echo a && echo b >&2'), (await promisify(execFile)('printf', ['%s', 'x'])).stdout);
  await run('echo gone; exit 7').catch((error) => console.log(error.message, error.code, error.killed, error.signal, error.cmd, error.stdout));
  await run('sleep 20', { timeout: 30 }).catch((error) => console.log(error.message, error.code, error.killed, error.signal));
  await run('head -c 5000 /dev/zero', { maxBuffer: 100 }).catch((error) => console.log(error.message, error.code, error.stdout.length));
  await promisify(execFile)('no-such-program-here').catch((error) => console.log(error.message, error.code, error.errno));
  await new Promise((done) => exec('cat', (error, out) => done(console.log('exec', error, out))).stdin.end('given'));
  const buffers = await new Promise((done) => execFile('echo', ['x'], { encoding: 'buffer' }, (error, out) => done(out)));
  console.log(buffers);
  const controller = new AbortController();
  const aborted = spawn('sleep', ['20'], { signal: controller.signal });
  aborted.on('error', (error) => console.log(error.name, error.code));
  setTimeout(() => controller.abort(), 10);
  console.log(await gather(aborted));
  let lines = '';
  for await (const chunk of spawn('seq', ['3']).stdout) lines += chunk;
  console.log(JSON.stringify(lines));
  const first = spawn('echo', ['piped']);
  const second = spawn('tr', ['a-z', 'A-Z']);
  first.stdout.pipe(second.stdin);
  console.log(await gather(second));
  console.log(spawnSync('sh', ['-c', 'kill -9 $$']).signal);
  const idle = spawn('sleep', ['5'], { stdio: 'ignore', detached: true });
  idle.unref();
  console.log(process.kill(idle.pid, 0), process.kill(idle.pid));
  try {
    process.kill(2 ** 22 - 3, 0);
  } catch (error) {
    console.log(error.message, error.code, error.errno, error.syscall);
  }
  for (const bad of [[''], [5], ['echo', 'text']]) {
    try {
      spawn(...bad);
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
})();
