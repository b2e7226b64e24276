exports.done = false;
const b = require('./b');
console.log('a sees b', b.done);
exports.done = true;
