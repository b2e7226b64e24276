// `fetch` from a server of this machine: bodies, headers, forms, redirects, errors.
const http = require('http');
const zlib = require('zlib');
const wholeOf = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
};
const server = http.createServer(async (request, response) => {
  const body = await wholeOf(request);
  switch (request.url) {
    case '/echo':
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ method: request.method, type: request.headers['content-type']?.replace(/boundary=.*/, 'boundary'), length: request.headers['content-length'] === undefined, custom: request.headers['x-custom'], body: body.length > 80 ? 'long' : String(body) }));
      break;
    case '/zipped':
      response.setHeader('content-encoding', 'gzip');
      response.end(zlib.gzipSync('zipped text'));
      break;
    case '/moved':
      response.writeHead(302, { location: '/echo' }).end();
      break;
    case '/kept':
      response.writeHead(307, { location: '/echo' }).end();
      break;
    case '/loop':
      response.writeHead(301, { location: '/loop' }).end();
      break;
    case '/cookies':
      response.writeHead(404, 'Gone Fishing', { 'set-cookie': ['a=1', 'b=2'], 'X-Two': ['x', 'y'] });
      response.end('nothing');
      break;
    case '/empty':
      response.writeHead(204).end();
      break;
    case '/never':
      break;
    default:
      response.end('other');
  }
});
server.listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  const tell = async (name, work) => {
    try {
      console.log(name, await work());
    } catch (error) {
      console.log(name, 'fails:', error.name, error.message.replace(/\d{4,}/, 'PORT'), error.cause?.code ?? error.cause?.message?.replace(/\d{4,}/, 'PORT'));
    }
  };
  await tell('get', async () => (await fetch(base + '/echo')).json());
  await tell('post', async () => (await fetch(base + '/echo', { method: 'post', body: 'text', headers: { 'X-Custom': 'yes' } })).json());
  await tell('json', async () => (await fetch(base + '/echo', { method: 'PUT', body: JSON.stringify({ a: 1 }), headers: { 'Content-Type': 'application/json' } })).json());
  await tell('params', async () => (await fetch(base + '/echo', { method: 'POST', body: new URLSearchParams({ a: 'b c', d: 'ä' }) })).json());
  await tell('bytes', async () => (await fetch(base + '/echo', { method: 'POST', body: new Uint8Array([65, 66]) })).json());
  const form = new FormData();
  form.append('name', 'value');
  form.append('file', new Blob(['content'], { type: 'text/x' }), 'a.txt');
  await tell('form', async () => (await fetch(base + '/echo', { method: 'POST', body: form })).json());
  await tell('stream', async () => (await fetch(base + '/echo', { method: 'POST', duplex: 'half', body: new Blob(['streamed']).stream() })).json());
  await tell('zipped', async () => (await fetch(base + '/zipped')).text());
  await tell('moved', async () => {
    const response = await fetch(base + '/moved', { method: 'POST', body: 'gone' });
    return [response.redirected, response.url === base + '/echo', await response.json()];
  });
  await tell('kept', async () => (await fetch(base + '/kept', { method: 'POST', body: 'kept' })).json());
  await tell('manual', async () => {
    const response = await fetch(base + '/moved', { redirect: 'manual' });
    return [response.status, response.headers.get('location')];
  });
  await tell('loop', () => fetch(base + '/loop'));
  await tell('error', () => fetch(base + '/moved', { redirect: 'error' }));
  await tell('cookies', async () => {
    const response = await fetch(new URL('/cookies', base));
    return [response.status, response.statusText, response.ok, response.type, response.headers.getSetCookie(), response.headers.get('x-two'), response.headers.get('none'), await response.text(), response.bodyUsed];
  });
  await tell('empty', async () => {
    const response = await fetch(base + '/empty');
    return [response.status, response.body, await response.text()];
  });
  await tell('twice', async () => {
    const response = await fetch(base);
    await response.text();
    return response.text();
  });
  await tell('clone', async () => {
    const response = await fetch(base);
    const copy = response.clone();
    return [await response.text(), await copy.text()];
  });
  await tell('reader', async () => {
    const reader = (await fetch(base)).body.getReader();
    const { value, done } = await reader.read();
    return [value.constructor.name, new TextDecoder().decode(value), done, (await reader.read()).done];
  });
  await tell('abort', () => fetch(base + '/never', { signal: AbortSignal.timeout(20) }));
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 10);
  await tell('abort', () => fetch(base + '/never', { signal: controller.signal }));
  await tell('data', async () => (await fetch('data:text/plain;base64,aGVsbG8=')).text());
  await tell('bad url', () => fetch('nowhere'));
  await tell('get body', () => fetch(base, { body: 'x' }));
  await tell('scheme', () => fetch('gopher://x/').catch((error) => { throw new TypeError(error.message); }));
  const headers = new Headers({ B: '1', a: ' 2 ' });
  headers.append('b', '3');
  console.log([...headers], headers.has('A'));
  console.log([...form.keys()], form.get('file').name, form.get('file').size, await new Response(form).formData().then((read) => [read.get('name'), read.get('file').name]));
  const made = Response.json({ x: [1] }, { status: 201 });
  console.log(made.status, made.headers.get('content-type'), await made.json(), await new Response('ü').arrayBuffer().then((buffer) => buffer.byteLength), new Response().body);
  server.close();
  server.closeAllConnections();
  await tell('refused', () => fetch(base).catch((error) => { throw new TypeError(error.message); }));
});
