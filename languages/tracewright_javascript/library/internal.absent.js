'use strict';
// Modules that packages load whether they use them or not: what they export says, when it is called, that it is not there.
const { coded } = require('internal/errors');

function absent(module, names) {
  const made = {};
  for (const name of names) {
    made[name] = function () {
      throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `not there yet: ${module}.${name}`);
    };
    Object.defineProperty(made[name], 'name', { value: name, configurable: true });
  }
  return made;
}

module.exports = { absent };
