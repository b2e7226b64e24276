'use strict';
module.exports = require('internal/absent').absent('tls', ['connect', 'createServer']);

require('internal/absent').addMissing(module.exports, 'tls', ['SecureContext', 'Server', 'TLSSocket', 'checkServerIdentity', 'createSecureContext', 'getCiphers']);
