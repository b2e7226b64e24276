const a = require('./a'),
  b = require('./b');
console.log(a, b, require('pk'), require('@s/q'), require('@s/q/x/z'));
const local = (file) => file.replace(__dirname, '.');
console.log(
  require.main === module,
  local(module.id),
  module.loaded,
  local(module.paths[0]),
  Object.keys(require.cache).length,
  local(require.resolve('pk')),
);
try {
  require('nope');
} catch (e) {
  console.log(e.code, e.message.split('\n')[0], e.requireStack.length);
}
try {
  require('@s/q/hidden');
} catch (e) {
  console.log(e.code, local(e.message));
}
try {
  require('./bad.js');
} catch (e) {
  console.log(e.name, e.message, e.stack.split('\n').slice(1, 3), local(e.stack.split('\n')[0]));
}
import('./m.mjs')
  .then((m) => {
    console.log(m.x, m.default(), m.pk, m.same, m.qq, m.z, m.ns, m.data);
    return import('node:path');
  })
  .then((p) => console.log(p.join('a', 'b'), p.default.sep));
console.log(
  require('module').builtinModules.includes('fs'),
  require('node:module').createRequire(__filename)('./a').done,
);
(function () {
  try {
    eval('var ev = 5; console.log(ev, typeof require, a.done)');
  } catch (e) {
    console.log(e);
  }
})();
if (true) {
  function blockFn() {
    return 1;
  }
}
console.log(blockFn(), typeof globalThis.blockFn, delete globalThis.x);
var v1 = 1;
console.log(globalThis.v1, this === module.exports);
