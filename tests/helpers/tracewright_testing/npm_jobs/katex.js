// Renders formulas.
const k = require('katex');
for (const t of [
  'c=\\pm\\sqrt{a^2+b^2}',
  '\\frac{1}{2}\\sum_{i=0}^{\\infty} x_i',
  '\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}',
  '\\text{hé}\\overline{AB}\\xrightarrow{abc}',
  '\\color{red}{x}\\bigl(\\int_0^1 f\\,dx\\bigr)',
])
  console.log(k.renderToString(t));
try {
  k.renderToString('\\frac{');
} catch (e) {
  console.log(e.name, e.message);
}
