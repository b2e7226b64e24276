'use strict';
module.exports = require('internal/absent').absent('dns', ['lookup', 'resolve']);

require('internal/absent').addMissing(module.exports, 'dns', ['Resolver', 'getServers', 'lookupService', 'resolve4', 'resolve6', 'resolveTxt', 'resolveMx', 'reverse', 'setServers']);
