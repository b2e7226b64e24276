'use strict';
module.exports = require('dns').promises;
require('internal/absent').addMissing(module.exports, 'dns/promises', ['Resolver', 'getServers', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'resolveMx', 'reverse', 'setServers']);
