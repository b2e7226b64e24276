// CommonJS: files, packages, cycles, errors, and ES modules beside it.
require('./common/main');
console.log(require('./common/whole.mjs'));
