exports.alpha = 1;
exports.beta = function () {};
console.log('common runs');
