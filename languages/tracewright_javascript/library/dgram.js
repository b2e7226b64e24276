'use strict';
module.exports = require('internal/absent').absent('dgram', ['createSocket', 'Socket']);
