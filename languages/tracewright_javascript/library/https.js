'use strict';
module.exports = require('internal/absent').absent('https', ['request', 'get', 'createServer', 'Agent']);

require('internal/absent').addMissing(module.exports, 'https', ['Server']);
