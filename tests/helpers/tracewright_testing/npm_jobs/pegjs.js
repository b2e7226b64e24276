// Makes a parser of a grammar, and uses it.
const p = require('pegjs');
const g = `start = a:additive { return a }
additive = l:mult "+" r:additive { return l+r } / mult
mult = l:prim "*" r:mult { return l*r } / prim
prim = integer / "(" a:additive ")" { return a }
integer "integer" = d:[0-9]+ { return parseInt(d.join(""),10) }`;
const q = p.generate(g);
console.log(q.parse('2*(3+4)+1'));
try {
  q.parse('2*(3+');
} catch (e) {
  console.log(e.name, e.message, e.location);
}
console.log(
  p.generate(g, { output: 'source', optimize: 'size' }).length,
  p.generate(g, { output: 'source' }).length,
);
try {
  p.generate('a = b');
} catch (e) {
  console.log(e.message);
}
