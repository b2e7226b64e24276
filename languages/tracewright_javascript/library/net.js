'use strict';
module.exports = require('internal/absent').absent('net', [
  'connect',
  'createConnection',
  'createServer',
  'Socket',
  'Server',
]);

// What needs no network: whether a text is an address.
const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

function isV6(text) {
  const [address, zone] = text.split('%');
  if (zone === '' || !/^[\da-f:.]*$/i.test(address)) return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  let count = 0;
  for (const [index, half] of halves.entries()) {
    const parts = half === '' ? [] : half.split(':');
    for (const [place, part] of parts.entries()) {
      const isLast = index === halves.length - 1 && place === parts.length - 1;
      if (isLast && V4.test(part)) count++;
      else if (!/^[\da-f]{1,4}$/i.test(part)) return false;
      count++;
    }
  }
  return halves.length === 2 ? count < 8 : count === 8;
}

module.exports.isIPv4 = (text) => V4.test(String(text));
module.exports.isIPv6 = (text) => isV6(String(text));
module.exports.isIP = (text) => (module.exports.isIPv4(text) ? 4 : module.exports.isIPv6(text) ? 6 : 0);
module.exports.Stream = module.exports.Socket;
