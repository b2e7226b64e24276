const yaml = require('js-yaml');
const value = yaml.load(
  'a: 1\nb:\n  - x\n  - {c: 2, d: [1, 2.5, ~]}\nf: 2001-12-14t21:59:43.10-05:00\ng: |\n  multi\n  line\nh: &anchor {k: v}\ni: *anchor\n',
);
console.log(value, yaml.dump(value), yaml.dump({ long: 'x '.repeat(60), list: [null, true, -0.5, 'yes', '1'] }));
try {
  yaml.load('a: [1,');
} catch (error) {
  console.log(error.message);
}
