// Web sockets in both directions.
const { WebSocketServer, WebSocket } = require('ws');
const s = new WebSocketServer({ port: 0 }, () => {
  const c = new WebSocket('ws://127.0.0.1:' + s.address().port);
  c.on('open', () => {
    c.send('hello');
    c.send(Buffer.from([1, 2, 3]));
  });
  let n = 0;
  c.on('message', (d, b) => {
    console.log('client', b, b ? [...d] : String(d));
    if (++n === 2) c.close(1000, 'done');
  });
  c.on('close', (code, r) => {
    console.log('closed', code, String(r));
    s.close();
  });
});
s.on('connection', (w) => {
  w.on('message', (d, b) => w.send(d, { binary: b }));
  w.on('close', (c) => console.log('server closed', c));
});
