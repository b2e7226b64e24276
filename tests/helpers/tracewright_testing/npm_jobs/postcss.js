// Rules of CSS, changed by a plugin.
const postcss = require('postcss');
const plugin = {
  postcssPlugin: 'p',
  Declaration(d) {
    if (d.prop === 'color') d.value = 'red';
  },
};
postcss([plugin])
  .process('a { color: blue; & b { margin: 0 } }\n@media (x) { .c { color: green } }', { from: undefined })
  .then((r) => console.log(r.css));
try {
  postcss.parse('a {');
} catch (e) {
  console.log(e.name, e.reason, e.line);
}
