'use strict';
module.exports = require('internal/absent').absent('http', [
  'request',
  'get',
  'createServer',
  'Agent',
  'Server',
  'IncomingMessage',
  'ServerResponse',
  'ClientRequest',
]);
Object.assign(module.exports, { METHODS: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] });

require('internal/absent').addMissing(module.exports, 'http', ['OutgoingMessage', 'validateHeaderName', 'validateHeaderValue']);
