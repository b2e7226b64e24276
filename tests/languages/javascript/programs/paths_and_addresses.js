const path = require('path');
for (const p of [
  '',
  '/',
  '.',
  '..',
  'a',
  'a/',
  '/a/b/',
  'a//b/../c',
  './x',
  '../x/..',
  '//a',
  'a.b.c',
  '.bashrc',
  'x/.y',
  'a.',
  '..a',
  '/a/b.js',
])
  console.log(
    JSON.stringify([p, path.normalize(p), path.dirname(p), path.basename(p), path.extname(p), path.isAbsolute(p)]),
    JSON.stringify(path.parse(p)),
  );
console.log(
  path.join(),
  path.join('a', '', '../..', 'b'),
  path.relative('/a/b/c', '/a/d'),
  path.relative('/a', '/a'),
  path.basename('a.js', '.js'),
  path.format({ dir: '/x', name: 'n', ext: 'e' }),
  path.resolve('/a', 'b', '/c', './d'),
);
try {
  path.join(1);
} catch (e) {
  console.log(e.code, e.message, e.name);
}
const { URL, URLSearchParams, fileURLToPath, pathToFileURL } = require('url');
for (const u of [
  'http://user:pa%20ss@EXAMPLE.com:80/a/./b/../c?x=1&y=é#frag',
  'https://x.y:8443',
  'file:///a/b c',
  'mailto:a@b.c',
  'http://a.b/%7Ex/é',
  'data:text/plain,hi',
  'http://[::1]:3000/x',
]) {
  const x = new URL(u);
  console.log(
    x.href,
    x.origin,
    x.protocol,
    x.username,
    x.password,
    x.host,
    x.hostname,
    x.port,
    x.pathname,
    x.search,
    x.hash,
  );
}
for (const r of ['d', '../d', '/d', '?q=2', '#h', '//other/x', 'http://z/', './', '..', ''])
  console.log(new URL(r, 'http://a.b/c/e?x#y').href);
for (const bad of ['', 'nope', 'http://', 'http://a b/'])
  try {
    new URL(bad);
    console.log('ok', bad);
  } catch (e) {
    console.log(e.code, e.message, e.input);
  }
const s = new URLSearchParams('a=1&b=2&a=3&c=%20x+y');
console.log(s.get('a'), s.getAll('a'), s.has('b'), s.toString(), [...s], s.size);
s.append('d', 'é&=');
s.delete('a');
s.sort();
console.log(String(s), s);
const u = new URL('http://h/p');
u.searchParams.set('k', 'v w');
u.hash = 'z';
u.pathname = '/q r';
u.port = '81';
console.log(u.href, JSON.stringify(u));
console.log(u);
console.log(fileURLToPath('file:///a/b%20c'), pathToFileURL('/x y/%z').href);
console.log(
  require('url').parse('http://u:p@h.com:8080/p/a?x=1#f').pathname,
  require('querystring').parse('a=1&b=2&a=%20x'),
  require('querystring').stringify({ a: [1, 2], b: 'x y' }),
);
