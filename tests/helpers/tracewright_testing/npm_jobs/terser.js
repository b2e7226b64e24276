// Makes a template engine small.
const { minify } = require('terser');
const text = require('fs').readFileSync(require.resolve('mustache'), 'utf8');
minify(text).then((result) => console.log(result.code));
