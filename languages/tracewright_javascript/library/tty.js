'use strict';
module.exports = {
  isatty: (descriptor) => Number.isInteger(descriptor) && descriptor >= 0 && host.isTerminal(descriptor),
};

require('internal/absent').addMissing(module.exports, 'tty', ['ReadStream', 'WriteStream']);
