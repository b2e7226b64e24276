// From text to tree and back.
const { parseScript } = require('esprima');
const { generate } = require('escodegen');
console.log(
  generate(
    parseScript('function f(a, b = 1) { return a + b } class A { m() { for (const x of [1, 2]) g(x, `t${x}`) } }'),
  ),
);
