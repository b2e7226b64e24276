'use strict';
const { coded, invalidArgument, outOfRange } = require('internal/errors');

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

function randomFillSync(target, offset = 0, size = undefined) {
  const bytes = target instanceof ArrayBuffer ? new Uint8Array(target) : new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  const unit = target.BYTES_PER_ELEMENT ?? 1;
  const start = offset * unit;
  const count = size === undefined ? bytes.length - start : size * unit;
  if (start + count > bytes.length) throw outOfRange('size + offset', `<= ${bytes.length}`, start + count);
  require('internal/bytes').intoBytes(host.randomBytes(count), bytes.subarray(start, start + count));
  return target;
}

function randomFill(target, ...given) {
  const callback = given.pop();
  randomFillSync(target, ...given);
  require('timers').setImmediate(callback, null, target);
}

// Keys of passwords (RFC 8018), and of other keys (RFC 5869).
function pbkdf2Sync(password, salt, iterations, length, digest) {
  const { Buffer } = require('buffer');
  const block = (number) => {
    const last = Buffer.alloc(4);
    last.writeUInt32BE(number);
    let part = new Hmac(digest, password).update(salt).update(last).digest();
    const result = Buffer.from(part);
    for (let turn = 1; turn < iterations; turn++) {
      part = new Hmac(digest, password).update(part).digest();
      for (let index = 0; index < part.length; index++) result[index] ^= part[index];
    }
    return result;
  };
  const blocks = [block(1)];
  while (blocks.length * blocks[0].length < length) blocks.push(block(blocks.length + 1));
  return Buffer.concat(blocks).subarray(0, length);
}

function pbkdf2(password, salt, iterations, length, digest, callback) {
  const key = pbkdf2Sync(password, salt, iterations, length, digest);
  require('timers').setImmediate(callback, null, key);
}

function hkdfSync(digest, key, salt, info, length) {
  const { Buffer } = require('buffer');
  const size = new Hash(digest).digest().length;
  const secret = new Hmac(digest, salt.length === 0 ? Buffer.alloc(size) : salt).update(key).digest();
  const parts = [];
  let last = Buffer.alloc(0);
  for (let number = 1; parts.length * size < length; number++) {
    last = new Hmac(digest, secret).update(last).update(info).update(Buffer.from([number])).digest();
    parts.push(last);
  }
  const whole = Buffer.concat(parts).subarray(0, length);
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + length);
}

function hash(name, data, encoding = 'hex') {
  return new Hash(name).update(data).digest(encoding);
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

const BLOCKS = { md5: 64, sha1: 64, sha224: 64, sha256: 64, sha384: 128, sha512: 128 };

function bytesOf(data, encoding) {
  if (typeof data === 'string') data = require('buffer').Buffer.from(data, encoding);
  if (!ArrayBuffer.isView(data))
    throw invalidArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  return require('internal/bytes').binary(data);
}

class Hash {
  #name;
  #bytes = '';
  #isDone = false;
  constructor(name) {
    this.#name = String(name).toLowerCase().replace(/^sha-/, 'sha');
    if (BLOCKS[this.#name] === undefined)
      throw coded(Error, 'ERR_OSSL_EVP_UNSUPPORTED', 'error:0308010C:digital envelope routines::unsupported');
  }
  update(data, encoding) {
    if (this.#isDone) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#bytes += bytesOf(data, encoding);
    return this;
  }
  copy() {
    const copy = new Hash(this.#name);
    copy.#bytes = this.#bytes;
    return copy;
  }
  digest(encoding) {
    if (this.#isDone) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#isDone = true;
    const buffer = require('internal/bytes').fromBinary(host.digest(this.#name, this.#bytes));
    return encoding === undefined || encoding === 'buffer' ? buffer : buffer.toString(encoding);
  }
}

// The digest of a text with a key (RFC 2104).
class Hmac {
  #inner;
  #outer;
  constructor(name, key) {
    this.#inner = new Hash(name);
    this.#outer = new Hash(name);
    const size = BLOCKS[String(name).toLowerCase()];
    let bytes = bytesOf(key);
    if (bytes.length > size) bytes = host.digest(String(name).toLowerCase(), bytes);
    bytes = bytes.padEnd(size, '\0');
    const mixed = (mask) => Uint8Array.from(bytes, (unit) => unit.charCodeAt(0) ^ mask);
    this.#inner.update(mixed(0x36));
    this.#outer.update(mixed(0x5c));
  }
  update(data, encoding) {
    this.#inner.update(data, encoding);
    return this;
  }
  digest(encoding) {
    return this.#outer.update(this.#inner.digest()).digest(encoding);
  }
}

const createHash = (name) => new Hash(name);
const createHmac = (name, key) => new Hmac(name, key);
const getHashes = () => Object.keys(BLOCKS);

function timingSafeEqual(left, right) {
  if (left.byteLength !== right.byteLength) {
    throw coded(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  let difference = 0;
  for (let index = 0; index < left.length; index++) difference |= left[index] ^ right[index];
  return difference === 0;
}

const subtle = {
  async digest(algorithm, data) {
    const buffer = new Hash(algorithm?.name ?? algorithm).update(ArrayBuffer.isView(data) ? data : new Uint8Array(data)).digest();
    return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length);
  },
};
const webcrypto = { randomUUID, getRandomValues, subtle };

module.exports = {
  randomUUID,
  getRandomValues,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  pbkdf2,
  pbkdf2Sync,
  hkdfSync,
  hash,
  subtle,
  createHash,
  createHmac,
  getHashes,
  timingSafeEqual,
  Hash,
  Hmac,
  webcrypto,
};

require('internal/absent').addMissing(module.exports, 'crypto', ['Certificate', 'Cipheriv', 'Decipheriv', 'DiffieHellman', 'ECDH', 'Sign', 'Verify', 'X509Certificate', 'createCipheriv', 'createDecipheriv', 'createDiffieHellman', 'createECDH', 'createPrivateKey', 'createPublicKey', 'createSecretKey', 'createSign', 'createVerify', 'diffieHellman', 'generateKey', 'generateKeyPair', 'generateKeyPairSync', 'generateKeySync', 'generatePrime', 'generatePrimeSync', 'getCipherInfo', 'hkdf', 'privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt', 'scrypt', 'scryptSync']);
