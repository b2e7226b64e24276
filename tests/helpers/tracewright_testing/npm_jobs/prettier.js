const prettier = require('prettier');
const text =
  'const a={b:1,c:[1,2,3]};function  f( x,y ){ return x+y }\nclass A extends B{ static x=1; async *g(){ yield* await z } }';
prettier.format(text, { parser: 'babel', singleQuote: true }).then(console.log);
