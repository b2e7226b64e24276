// A server of its own with routes, bodies, errors, asked by `fetch`.
const express = require('express');
const http = require('http');
const app = express();
app.use(express.json());
app.use(express.urlencoded({ extended: true }));
app.get('/hello/:name', (q, r) => r.json({ hello: q.params.name, q: q.query }));
app.post('/echo', (q, r) => r.status(201).send(q.body));
app.use(
  '/r',
  express.Router().get('/x', (q, r) => r.redirect('/hello/r')),
);
app.get('/err', () => {
  throw new Error('broken');
});
app.use((e, q, r, n) => r.status(500).send('E:' + e.message));
const s = app.listen(0, async () => {
  const b = 'http://127.0.0.1:' + s.address().port;
  const f = async (p, o) => {
    const r = await fetch(b + p, o);
    console.log(p, r.status, r.headers.get('content-type'), r.headers.get('etag'), await r.text());
  };
  await f('/hello/w?a=1&b[]=2');
  await f('/echo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"x":[1]}' });
  await f('/echo', { method: 'POST', body: new URLSearchParams({ a: '1' }) });
  await f('/r/x');
  await f('/err');
  await f('/none');
  s.close();
  s.closeAllConnections?.();
});
