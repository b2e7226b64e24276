'use strict';
module.exports = require('internal/absent').absent('https', ['request', 'get', 'createServer', 'Agent']);
