// Makes a parser small.
const uglify = require('uglify-js');
const text = require('fs').readFileSync(require.resolve('acorn'), 'utf8');
const result = uglify.minify(text, { compress: true, mangle: true });
if (result.error) throw result.error;
console.log(result.code);
