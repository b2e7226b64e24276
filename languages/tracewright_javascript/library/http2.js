'use strict';
module.exports = require('internal/absent').absent('http2', ['connect', 'createServer', 'createSecureServer']);
module.exports.constants = {};
