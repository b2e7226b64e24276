'use strict';
// Programs as texts, in this realm.
const { validateString } = require('internal/errors');

class Script {
  #text;
  constructor(text) {
    validateString(text, 'code');
    this.#text = text;
  }
  runInThisContext() {
    return (0, eval)(this.#text);
  }
}

module.exports = { Script, runInThisContext: (text) => new Script(text).runInThisContext() };

require('internal/absent').addMissing(module.exports, 'vm', ['compileFunction', 'createContext', 'isContext', 'measureMemory', 'runInContext', 'runInNewContext']);
