'use strict';
const { invalidArgument } = require('internal/errors');

function randomUUID() {
  const bytes = host.randomBytes(16);
  let text = '';
  for (let index = 0; index < 16; index++) {
    let byte = bytes.charCodeAt(index);
    if (index === 6) byte = (byte & 15) | 64;
    if (index === 8) byte = (byte & 63) | 128;
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += byte.toString(16).padStart(2, '0');
  }
  return text;
}

function getRandomValues(array) {
  if (!ArrayBuffer.isView(array)) throw invalidArgument('typedArray', 'an instance of TypedArray', array);
  require('internal/bytes').intoBytes(
    host.randomBytes(array.byteLength),
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
  );
  return array;
}

function randomBytes(size, callback) {
  const bytes = require('internal/bytes').fromBinary(host.randomBytes(size));
  if (callback === undefined) return bytes;
  require('timers').setImmediate(callback, null, bytes);
  return undefined;
}

function randomInt(from, to, callback) {
  if (to === undefined || typeof to === 'function') [from, to, callback] = [0, from, to];
  const range = to - from;
  const limit = 2 ** 48 - (2 ** 48 % range);
  let value;
  do {
    const bytes = host.randomBytes(6);
    value = 0;
    for (let index = 0; index < 6; index++) value = value * 256 + bytes.charCodeAt(index);
  } while (value >= limit);
  const result = from + (value % range);
  if (callback === undefined) return result;
  require('timers').setImmediate(callback, null, result);
  return undefined;
}

const webcrypto = { randomUUID, getRandomValues };

module.exports = { randomUUID, getRandomValues, randomBytes, randomInt, webcrypto };
