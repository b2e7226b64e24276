'use strict';
// Addresses of names, as the system knows them.
const process = require('process');
const { invalidArgument, validateFunction } = require('internal/errors');

function notFound(name) {
  const error = new Error(`getaddrinfo ENOTFOUND ${name}`);
  return Object.assign(error, { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name });
}

function lookup(name, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  validateFunction(callback, 'callback');
  if (name && typeof name !== 'string') throw invalidArgument('hostname', 'of type string', name);
  const { family = 0, all = false } = typeof options === 'number' ? { family: options } : (options ?? {});
  const familyOf = (address) => (address.includes(':') ? 6 : 4);
  const found = name ? host.hostsOf(name) : [];
  const wanted = Number(String(family).replace('IPv', ''));
  const addresses = typeof found === 'string' ? [] : found.filter((address) => wanted === 0 || familyOf(address) === wanted);
  process.nextTick(() => {
    if (all && (addresses.length > 0 || !name)) callback(null, addresses.map((address) => ({ address, family: familyOf(address) })));
    else if (!name) callback(null, null, wanted === 6 ? 6 : 4);
    else if (addresses.length === 0) callback(notFound(name));
    else callback(null, addresses[0], familyOf(addresses[0]));
  });
}

const promises = {
  lookup: (name, options) =>
    new Promise((resolve, reject) => {
      lookup(name, options ?? {}, (error, address, family) => {
        if (error) reject(error);
        else resolve(options?.all ? address : { address, family });
      });
    }),
};
Object.defineProperty(lookup, Symbol.for('nodejs.util.promisify.custom'), { value: promises.lookup });

module.exports = { lookup, promises, NOTFOUND: 'ENOTFOUND', NODATA: 'ENODATA', ADDRCONFIG: 1024, ALL: 256, V4MAPPED: 2048 };
require('internal/absent').addMissing(module.exports, 'dns', ['Resolver', 'getServers', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'resolveMx', 'reverse', 'setServers']);
