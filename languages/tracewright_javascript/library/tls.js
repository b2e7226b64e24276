'use strict';
module.exports = require('internal/absent').absent('tls', ['connect', 'createServer']);
