'use strict';
module.exports = require('internal/absent').absent('net', [
  'connect',
  'createConnection',
  'createServer',
  'Socket',
  'Server',
]);
