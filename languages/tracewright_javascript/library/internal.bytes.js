'use strict';
// Between bytes in arrays and the strings of units below 256 that native functions take and give.

const CHUNK = 8192;

function binary(bytes) {
  if (bytes instanceof ArrayBuffer) bytes = new Uint8Array(bytes);
  else if (!(bytes instanceof Uint8Array)) bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return text;
}

function intoBytes(text, bytes) {
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function fromBinary(text) {
  return require('buffer').Buffer.from(text, 'latin1');
}

module.exports = { binary, intoBytes, fromBinary };
