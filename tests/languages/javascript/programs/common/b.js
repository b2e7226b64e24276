exports.done = false;
const a = require('./a.js');
console.log('b sees a', a.done);
exports.done = true;
