'use strict';
module.exports = require('fs').promises;

require('internal/absent').addMissing(module.exports, 'fs/promises', ['lchmod', 'lchown', 'statfs', 'watch']);
