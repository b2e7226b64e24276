// YAML to objects and back.
const Y = require('yaml');
console.log(
  JSON.stringify(
    Y.parse(
      'a: 1\nb:\n  - x\n  - {y: 2, z: [1, 2]}\nc: |\n  line1\n  line2\nd: &anc {e: 1}\nf: *anc\ng: 2020-01-01\nh: ~\n',
    ),
  ),
);
console.log(Y.stringify({ a: [1, { b: 'x: y' }, null], c: 'multi\nline', d: true }));
try {
  Y.parse('a: [1');
} catch (e) {
  console.log(e.code, e.message);
}
const d = Y.parseDocument('# c\na: 1 # t\n');
d.set('b', 2);
console.log(String(d));
