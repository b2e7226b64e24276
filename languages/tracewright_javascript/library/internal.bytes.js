'use strict';
// Between bytes in arrays and the strings of units below 256 that native functions take and give.

const binary = (bytes) => host.bytesOf(bytes);
const intoBytes = (text, bytes) => host.putBytes(bytes, text);

function fromBinary(text) {
  const { Buffer } = require('buffer');
  return host.putBytes(Buffer.allocUnsafe(text.length), text);
}

module.exports = { binary, intoBytes, fromBinary };
