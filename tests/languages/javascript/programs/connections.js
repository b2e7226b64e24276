// Connections and servers on this machine: both directions, ends, errors, time limits.
const net = require('net');
const server = net.createServer((socket) => {
  socket.setEncoding('utf8');
  socket.on('data', (text) => {
    if (text === 'bye') socket.end('good bye');
    else socket.write(text.toUpperCase());
  });
  socket.on('end', () => console.log('server: end'));
  socket.on('close', (failed) => console.log('server: close', failed));
});
const once = (emitter, name) => new Promise((done) => emitter.once(name, (...all) => done(all)));
(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { address, family, port } = server.address();
  console.log(address, family, port > 0, server.listening);
  const client = net.connect(port, '127.0.0.1');
  console.log(client.connecting, client.readyState, client.pending);
  client.write('early ');
  await once(client, 'connect');
  console.log(client.remoteAddress, client.remotePort === port, client.remoteFamily, client.localAddress, client.readyState);
  console.log(String((await once(client, 'data'))[0]));
  client.write('more');
  console.log(String((await once(client, 'data'))[0]), client.bytesRead, client.bytesWritten);
  client.write('bye');
  console.log(String((await once(client, 'data'))[0]));
  console.log(await once(client, 'close'), client.destroyed, client.readyState);
  const large = net.createServer({ allowHalfOpen: true }, (socket) => {
    let count = 0;
    socket.on('data', (data) => (count += data.length));
    socket.on('end', () => socket.end(String(count)));
  });
  large.listen(0);
  await once(large, 'listening');
  const sender = net.connect({ port: large.address().port, host: 'localhost' });
  const piece = Buffer.alloc(100000, 'x');
  for (let i = 0; i < 4; i++) if (!sender.write(piece)) await once(sender, 'drain');
  sender.end();
  let answer = '';
  for await (const part of sender) answer += part;
  console.log(answer);
  await new Promise((done) => large.close(done));
  console.log(large.listening, large.address());
  const unused = net.createServer().listen(0, '127.0.0.1');
  await once(unused, 'listening');
  const free = unused.address().port;
  await new Promise((done) => unused.close(done));
  const [refused] = await once(net.connect(free, '127.0.0.1'), 'error');
  console.log(refused.code, refused.syscall, refused.address, refused.message === `connect ECONNREFUSED 127.0.0.1:${free}`);
  const [taken] = await once(net.createServer().listen(port, '127.0.0.1'), 'error');
  console.log(taken.code, taken.syscall, taken.message.replace(/\d+$/, 'PORT'));
  const idle = net.connect(port, '127.0.0.1');
  idle.setTimeout(20);
  await once(idle, 'timeout');
  console.log('timeout');
  idle.destroy();
  await once(idle, 'close');
  await new Promise((done) => setTimeout(done, 30));
  for (const bad of [70000, 'x1', -1]) {
    try {
      net.createServer().listen({ port: bad });
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
  server.getConnections((error, count) => console.log(error, count));
  server.close((error) => console.log('closed', error));
  await once(server, 'close');
  server.close((error) => console.log(error.code, error.message));
  console.log(net.isIP('::1'), net.isIP('1.2.3.4'), net.isIP('x'));
  const background = net.createServer().listen(0, '127.0.0.1');
  background.unref();
})();
