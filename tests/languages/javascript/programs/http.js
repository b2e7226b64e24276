// Servers and requests of HTTP on this machine: bodies of known length and in chunks, kept connections, errors.
const http = require('http');
const net = require('net');
const once = (emitter, name) => new Promise((done) => emitter.once(name, (...all) => done(all)));
const wholeOf = async (stream) => {
  let text = '';
  stream.setEncoding('utf8');
  for await (const part of stream) text += part;
  return text;
};
const shown = (headers) => JSON.stringify({ ...headers, date: headers.date === undefined ? undefined : 'a date', host: headers.host?.replace(/\d+$/, 'PORT') });
const server = http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  switch (pathname) {
    case '/plain':
      response.end('plain ' + searchParams.get('q'));
      break;
    case '/json':
      response.writeHead(201, { 'Content-Type': 'application/json', 'X-List': ['a', 'b'] });
      response.end(JSON.stringify({ method: request.method, body: await wholeOf(request) }));
      break;
    case '/chunks':
      response.setHeader('Content-Type', 'text/plain');
      for (const part of ['one ', 'zwei ü ', 'three']) response.write(part);
      response.end();
      break;
    case '/headers':
      response.end(shown(request.headers) + request.rawHeaders.length);
      break;
    case '/empty':
      response.writeHead(204).end();
      break;
    case '/large':
      response.end(Buffer.alloc(200000, 'x'));
      break;
    case '/cut':
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('short');
      setTimeout(() => response.destroy(), 10);
      break;
    case '/late':
      setTimeout(() => response.end('late'), 1000).unref();
      break;
    default:
      response.statusCode = 404;
      response.statusMessage = 'Nowhere';
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      response.end('not found');
  }
});
(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const base = `http://127.0.0.1:${port}`;
  const ask = async (path, options, body) => {
    const request = http.request(base + path, options);
    request.end(body);
    const [response] = await once(request, 'response');
    const text = await wholeOf(response);
    console.log(path, response.statusCode, response.statusMessage, shown(response.headers), text.length > 300 ? text.length : text, response.complete);
  };
  await ask('/plain?q=1');
  await ask('/json', { method: 'POST', headers: { 'Content-Type': 'text/plain' } }, 'the bödy');
  await ask('/chunks');
  await ask('/headers', { headers: { 'X-One': 1, Accept: '*/*' } });
  await ask('/headers', { method: 'PUT' }, 'x');
  await ask('/headers', { method: 'DELETE' });
  await ask('/empty');
  await ask('/large');
  await ask('/plain', { method: 'HEAD' });
  await ask('/other');
  const streamed = http.request({ host: '127.0.0.1', port, path: '/json', method: 'POST' });
  streamed.write('part 1, ');
  setTimeout(() => streamed.end('part 2'), 5);
  console.log(await wholeOf((await once(streamed, 'response'))[0]), streamed.method, streamed.path, streamed.getHeader('host') === `127.0.0.1:${port}`);
  http.get(`${base}/plain?q=get`, (response) => response.on('data', (data) => console.log('get', String(data))));
  await new Promise((done) => setTimeout(done, 50));
  const [cut] = await once(http.get(base + '/cut'), 'response');
  cut.on('data', (data) => console.log(String(data)));
  console.log((await once(cut, 'error'))[0].message, cut.complete, cut.aborted);
  const late = http.get(base + '/late', { timeout: 20 });
  late.on('timeout', () => late.destroy());
  console.log((await once(late, 'error'))[0].code);
  const signal = AbortSignal.timeout ? new AbortController() : null;
  const aborted = http.get(base + '/late', { signal: signal.signal });
  setTimeout(() => signal.abort(), 10);
  console.log((await once(aborted, 'error'))[0].name);
  // Two requests in one connection, the second sent before the first is answered.
  const socket = net.connect(port, '127.0.0.1');
  socket.write('GET /plain?q=a HTTP/1.1\r\nHost: x\r\n\r\nPOST /json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n');
  console.log((await wholeOf(socket)).replace(/Date: .*/g, 'Date: D'));
  const wrong = net.connect(port, '127.0.0.1');
  wrong.write('nonsense\r\n\r\n');
  console.log(JSON.stringify(await wholeOf(wrong)));
  for (const work of [
    () => http.get('https://x.y/'),
    () => http.request({ path: '/a b' }),
    () => http.get(base, { headers: { 'bad name': 1 } }),
    () => http.get(base, { headers: { ok: 'a\nb' } }),
    () => http.get('not a url'),
  ]) {
    try {
      work();
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
  server.on('upgrade', (request, connection, head) => {
    connection.end(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n${request.headers.upgrade}`);
  });
  const upgrading = http.get(base, { headers: { Connection: 'Upgrade', Upgrade: 'echo' } });
  const [answer, raw, head] = await once(upgrading, 'upgrade');
  console.log(answer.statusCode, answer.headers.upgrade, String(head) + (await wholeOf(raw)));
  server.close(() => console.log('closed'));
  await once(server, 'close');
  console.log((await once(http.get(base), 'error'))[0].code, http.STATUS_CODES[418], http.METHODS.includes('PATCH'));
})();
