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

// Names that a module should have, too: so that whoever only imports them can.
function addMissing(made, module, names) {
  for (const [name, value] of Object.entries(absent(module, names))) if (!(name in made)) made[name] = value;
}

module.exports = { absent, addMissing };
