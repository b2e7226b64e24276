'use strict';
// Bytes with the methods of node's Buffer. Encodings go by way of strings of units below 256.
const { callable } = require('internal/callable');
const { coded, invalidArgument, outOfRange } = require('internal/errors');
const { binary, intoBytes } = require('internal/bytes');

const INSPECT_MAX_BYTES = 50;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...LETTERS].map((letter, index) => [letter, index]));
VALUES.set('-', 62);
VALUES.set('_', 63);

function encodingOf(name) {
  if (name === undefined || name === null || name === '') return 'utf8';
  switch (String(name).toLowerCase()) {
    case 'utf8':
    case 'utf-8':
      return 'utf8';
    case 'latin1':
    case 'binary':
      return 'latin1';
    case 'ascii':
      return 'ascii';
    case 'hex':
      return 'hex';
    case 'base64':
      return 'base64';
    case 'base64url':
      return 'base64url';
    case 'ucs2':
    case 'ucs-2':
    case 'utf16le':
    case 'utf-16le':
      return 'utf16le';
    default:
      return undefined;
  }
}

function checkedEncoding(name) {
  const found = encodingOf(name);
  if (found === undefined) throw coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${name}`);
  return found;
}

// A text as bytes in an encoding, as units.
function encoded(text, encoding) {
  switch (encoding) {
    case 'utf8':
      return host.encode(text);
    case 'latin1':
    case 'ascii':
      return text.replace(/[\u0100-\uffff]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) & 255));
    case 'hex': {
      let bytes = '';
      for (let index = 0; index + 1 < text.length; index += 2) {
        const pair = text.slice(index, index + 2);
        if (!/^[0-9a-fA-F]{2}$/.test(pair)) break;
        bytes += String.fromCharCode(parseInt(pair, 16));
      }
      return bytes;
    }
    case 'utf16le': {
      let bytes = '';
      for (let index = 0; index < text.length; index++) {
        const unit = text.charCodeAt(index);
        bytes += String.fromCharCode(unit & 255, unit >> 8);
      }
      return bytes;
    }
    default:
      return fromBase64(text);
  }
}

function fromBase64(text) {
  let bytes = '';
  let bits = 0;
  let count = 0;
  for (const letter of text) {
    if (letter === '=') break;
    const value = VALUES.get(letter);
    if (value === undefined) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += String.fromCharCode((bits >> count) & 255);
    }
  }
  return bytes;
}

function toBase64(bytes, letters, pad) {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index;
    const bits = (bytes.charCodeAt(index) << 16) | (left > 1 ? bytes.charCodeAt(index + 1) << 8 : 0) | (left > 2 ? bytes.charCodeAt(index + 2) : 0);
    text += letters[bits >> 18] + letters[(bits >> 12) & 63];
    text += left > 1 ? letters[(bits >> 6) & 63] : pad;
    text += left > 2 ? letters[bits & 63] : pad;
  }
  return text;
}

function decoded(bytes, encoding) {
  switch (encoding) {
    case 'utf8':
      return host.decode(bytes);
    case 'latin1':
      return bytes;
    case 'ascii':
      return bytes.replace(/[\x80-\xff]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) & 127));
    case 'hex': {
      let text = '';
      for (let index = 0; index < bytes.length; index++) text += bytes.charCodeAt(index).toString(16).padStart(2, '0');
      return text;
    }
    case 'base64':
      return toBase64(bytes, LETTERS, '=');
    case 'base64url':
      return toBase64(bytes, LETTERS.slice(0, 62) + '-_', '');
    default: {
      let text = '';
      for (let index = 0; index + 1 < bytes.length; index += 2) text += String.fromCharCode(bytes.charCodeAt(index) | (bytes.charCodeAt(index + 1) << 8));
      return text;
    }
  }
}

function isBytes(value) {
  return value instanceof Uint8Array;
}

class Bytes extends Uint8Array {
  static from(value, encoding, length) {
    if (typeof value === 'string') {
      const bytes = encoded(value, checkedEncoding(encoding));
      return intoBytes(bytes, new Bytes(bytes.length));
    }
    if (value !== null && typeof value === 'object') {
      if (value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer)) {
        return new Bytes(value, encoding, length);
      }
      const primitive = value.valueOf?.();
      if (primitive !== undefined && primitive !== null && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) {
        return Buffer.from(primitive, encoding, length);
      }
      if (value.type === 'Buffer' && Array.isArray(value.data)) return Buffer.from(value.data);
      if (typeof value.length === 'number' || value.length === undefined) {
        const result = new Bytes(value.length > 0 ? value.length : 0);
        for (let index = 0; index < result.length; index++) result[index] = value[index];
        if (value.length !== undefined) return result;
      }
      const convert = value[Symbol.toPrimitive];
      if (typeof convert === 'function') return Buffer.from(convert.call(value, 'string'), encoding);
    }
    throw invalidArgument('first argument', 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object', value);
  }
  static of(...bytes) {
    return Buffer.from(bytes);
  }
  static alloc(size, fill, encoding) {
    checkSize(size);
    const result = new Bytes(size);
    return fill === undefined || fill === 0 ? result : result.fill(fill, encoding);
  }
  static allocUnsafe(size) {
    checkSize(size);
    return new Bytes(size);
  }
  static allocUnsafeSlow(size) {
    return Buffer.allocUnsafe(size);
  }
  static isBuffer(value) {
    return value instanceof Buffer;
  }
  static isEncoding(name) {
    return typeof name === 'string' && name !== '' && encodingOf(name) !== undefined;
  }
  static byteLength(value, encoding) {
    if (typeof value === 'string') return encoded(value, encodingOf(encoding) ?? 'utf8').length;
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
    throw invalidArgument('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
  }
  static concat(list, length) {
    if (!Array.isArray(list)) throw invalidArgument('list', 'an instance of Array', list);
    length ??= list.reduce((sum, each) => sum + each.length, 0);
    const result = new Bytes(length);
    let place = 0;
    for (const each of list) {
      if (!isBytes(each)) throw invalidArgument('list[0]', 'an instance of Buffer or Uint8Array', each);
      const part = place + each.length > length ? each.subarray(0, length - place) : each;
      result.set(part, place);
      place += part.length;
    }
    return result;
  }
  static compare(left, right) {
    const count = Math.min(left.length, right.length);
    for (let index = 0; index < count; index++) if (left[index] !== right[index]) return left[index] < right[index] ? -1 : 1;
    return Math.sign(left.length - right.length);
  }
  get parent() {
    return this.buffer;
  }
  get offset() {
    return this.byteOffset;
  }
  toString(encoding, start = 0, end = this.length) {
    const name = checkedEncoding(encoding);
    start = Math.max(Math.trunc(start) || 0, 0);
    end = Math.min(end === undefined ? this.length : Math.trunc(end) || 0, this.length);
    if (end <= start) return '';
    return decoded(binary(start === 0 && end === this.length ? this : this.subarray(start, end)), name);
  }
  toLocaleString(encoding, start, end) {
    return this.toString(encoding, start, end);
  }
  toJSON() {
    return { type: 'Buffer', data: [...this] };
  }
  equals(other) {
    if (!isBytes(other)) throw invalidArgument('otherBuffer', 'an instance of Buffer or Uint8Array', other);
    return Buffer.compare(this, other) === 0;
  }
  compare(target, targetStart = 0, targetEnd = target.length, start = 0, end = this.length) {
    if (!isBytes(target)) throw invalidArgument('target', 'an instance of Buffer or Uint8Array', target);
    return Buffer.compare(this.subarray(start, end), target.subarray(targetStart, targetEnd));
  }
  slice(start, end) {
    return this.subarray(start, end);
  }
  write(text, offset, length, encoding) {
    if (typeof offset === 'string') [offset, encoding] = [undefined, offset];
    if (typeof length === 'string') [length, encoding] = [undefined, length];
    offset ??= 0;
    let bytes = encoded(text, checkedEncoding(encoding));
    const room = Math.min(length ?? Infinity, this.length - offset);
    if (bytes.length > room) {
      bytes = bytes.slice(0, room);
      // No part of a character is written.
      if (checkedEncoding(encoding) === 'utf8') while (bytes !== '' && host.encode(host.decode(bytes)) !== bytes) bytes = bytes.slice(0, -1);
    }
    intoBytes(bytes, this.subarray(offset));
    return bytes.length;
  }
  copy(target, targetStart = 0, start = 0, end = this.length) {
    const part = this.subarray(start, Math.min(end, start + Math.max(target.length - targetStart, 0)));
    target.set(part, targetStart);
    return part.length;
  }
  fill(value, start, end, encoding) {
    if (typeof start === 'string') [start, encoding] = [undefined, start];
    if (typeof end === 'string') [end, encoding] = [undefined, end];
    start ??= 0;
    end ??= this.length;
    if (typeof value === 'string' || isBytes(value)) {
      const bytes = isBytes(value) ? value : Buffer.from(value, encoding);
      if (bytes.length === 0) return super.fill(0, start, end);
      for (let index = start; index < end; index++) this[index] = bytes[(index - start) % bytes.length];
      return this;
    }
    return super.fill(value & 255, start, end);
  }
  indexOf(value, start, encoding) {
    return search(this, value, start, encoding, false);
  }
  lastIndexOf(value, start, encoding) {
    return search(this, value, start, encoding, true);
  }
  includes(value, start, encoding) {
    return this.indexOf(value, start, encoding) >= 0;
  }
  swap16() {
    return swapped(this, 2);
  }
  swap32() {
    return swapped(this, 4);
  }
  swap64() {
    return swapped(this, 8);
  }
  [Symbol.for('nodejs.util.inspect.custom')]() {
    const shown = [...this.subarray(0, INSPECT_MAX_BYTES)].map((byte) => byte.toString(16).padStart(2, '0'));
    let text = shown.join(' ');
    const more = this.length - INSPECT_MAX_BYTES;
    if (more > 0) text += ` ... ${more} more byte${more > 1 ? 's' : ''}`;
    return `<${this.constructor.name}${text === '' ? '' : ' '}${text}>`;
  }
}

function checkSize(size) {
  if (typeof size !== 'number') throw invalidArgument('size', 'of type number', size);
  if (!(size >= 0 && size <= 2 ** 32)) throw outOfRange('size', '>= 0 && <= 4294967296', size);
}

function search(buffer, value, start, encoding, isBackwards) {
  if (typeof start === 'string') [start, encoding] = [undefined, start];
  const whole = binary(buffer);
  const wanted = typeof value === 'number' ? String.fromCharCode(value & 255) : typeof value === 'string' ? encoded(value, checkedEncoding(encoding)) : binary(value);
  start = start === undefined ? (isBackwards ? whole.length : 0) : start < 0 ? start + whole.length : start;
  return isBackwards ? whole.lastIndexOf(wanted, start) : whole.indexOf(wanted, start);
}

function swapped(buffer, size) {
  if (buffer.length % size !== 0) throw coded(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`);
  for (let start = 0; start < buffer.length; start += size) buffer.subarray(start, start + size).reverse();
  return buffer;
}

// Numbers in bytes: `readInt32LE`, `writeDoubleBE` and so on, from the methods of DataView.

function viewOf(buffer) {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function checkOffset(buffer, offset, size) {
  if (typeof offset !== 'number') throw invalidArgument('offset', 'of type number', offset);
  if (!Number.isInteger(offset)) throw outOfRange('offset', 'an integer', offset);
  if (buffer.length < size) throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  if (offset < 0 || offset + size > buffer.length) throw outOfRange('offset', `>= 0 and <= ${buffer.length - size}`, offset);
}

function define(name, value) {
  Object.defineProperty(value, 'name', { value: name, configurable: true });
  Object.defineProperty(Bytes.prototype, name, { value, writable: true, configurable: true });
}

function defineNumber(name, size, low, high) {
  for (const order of size === 1 ? [''] : ['LE', 'BE']) {
    const isLittle = order === 'LE';
    const kind = name.replace('BigUInt', 'BigUint').replace(/^UInt/, 'Uint').replace('Float', 'Float32').replace('Double', 'Float64');
    const reader = function (offset = 0) {
      checkOffset(this, offset, size);
      return viewOf(this)[`get${kind}`](offset, isLittle);
    };
    const writer = function (value, offset = 0) {
      if (low !== undefined && (value < low || value > high)) throw outOfRange('value', `>= ${low} and <= ${high}`, value);
      checkOffset(this, offset, size);
      viewOf(this)[`set${kind}`](offset, value, isLittle);
      return offset + size;
    };
    for (const alias of [name, name.replace('UInt', 'Uint')]) {
      define(`read${alias}${order}`, reader);
      define(`write${alias}${order}`, writer);
    }
  }
}
defineNumber('Int8', 1, -128, 127);
defineNumber('UInt8', 1, 0, 255);
defineNumber('Int16', 2, -32768, 32767);
defineNumber('UInt16', 2, 0, 65535);
defineNumber('Int32', 4, -2147483648, 2147483647);
defineNumber('UInt32', 4, 0, 4294967295);
defineNumber('Float', 4);
defineNumber('Double', 8);
defineNumber('BigInt64', 8);
defineNumber('BigUInt64', 8);

// Numbers of one to six bytes.
for (const isSigned of [false, true]) {
  for (const order of ['LE', 'BE']) {
    const name = isSigned ? 'Int' : 'UInt';
    const places = (size) => Array.from({ length: size }, (_, index) => (order === 'LE' ? size - 1 - index : index));
    const reader = function (offset, size) {
      checkOffset(this, offset, size);
      let value = 0;
      for (const place of places(size)) value = value * 256 + this[offset + place];
      return isSigned && value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value;
    };
    const writer = function (value, offset, size) {
      checkOffset(this, offset, size);
      let rest = value < 0 ? value + 2 ** (8 * size) : value;
      for (const place of places(size).reverse()) {
        this[offset + place] = rest % 256;
        rest = Math.floor(rest / 256);
      }
      return offset + size;
    };
    for (const alias of isSigned ? [name] : [name, 'Uint']) {
      define(`read${alias}${order}`, reader);
      define(`write${alias}${order}`, writer);
    }
  }
}

// `Buffer(...)` and `new Buffer(...)`, which old programs use: zeros, or what `from` makes.
const Buffer = callable(Bytes, (value, encoding, length) => (typeof value === 'number' ? Buffer.alloc(value) : Buffer.from(value, encoding, length)), true);
Object.defineProperty(Buffer, 'name', { value: 'Buffer', configurable: true });
Buffer.poolSize = 8192;

// What a part of a blob is in bytes.
function bytesOfPart(part) {
  if (part instanceof Blob) return blobBytes(part);
  if (part instanceof ArrayBuffer) return Buffer.from(part);
  if (ArrayBuffer.isView(part)) return Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  return Buffer.from(String(part));
}

class Blob {
  #bytes;
  #type;
  constructor(parts = [], options = {}) {
    this.#bytes = Buffer.concat([...parts].map(bytesOfPart));
    const type = String(options?.type ?? '');
    this.#type = /[^ -~]/.test(type) ? '' : type.toLowerCase();
  }
  static bytesOf(blob) {
    return blob.#bytes;
  }
  get type() {
    return this.#type;
  }
  get size() {
    return this.#bytes.length;
  }
  async text() {
    return this.#bytes.toString();
  }
  async bytes() {
    return new Uint8Array(await this.arrayBuffer());
  }
  slice(start = 0, end = this.size, type = '') {
    return new Blob([this.#bytes.subarray(start, end)], { type });
  }
  stream() {
    const bytes = this.#bytes;
    return new ReadableStream({
      type: 'bytes',
      start(controller) {
        if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
        controller.close();
      },
    });
  }
  async arrayBuffer() {
    return this.#bytes.buffer.slice(this.#bytes.byteOffset, this.#bytes.byteOffset + this.#bytes.length);
  }
}

const blobBytes = Blob.bytesOf;
delete Blob.bytesOf;
Object.defineProperty(Blob.prototype, Symbol.toStringTag, { value: 'Blob', configurable: true });
Object.defineProperty(Blob.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(depth) {
    return `Blob { size: ${this.size}, type: '${this.type}' }`;
  },
});

class File extends Blob {
  #name;
  #lastModified;
  constructor(parts, name, options = {}) {
    super(parts, options);
    this.#name = String(name);
    this.#lastModified = options.lastModified ?? Date.now();
  }
  get name() {
    return this.#name;
  }
  get lastModified() {
    return this.#lastModified;
  }
}
Object.defineProperty(File.prototype, Symbol.toStringTag, { value: 'File', configurable: true });

module.exports = {
  Buffer,
  Blob,
  File,
  SlowBuffer: Buffer,
  INSPECT_MAX_BYTES,
  kMaxLength: 2 ** 32,
  constants: { MAX_LENGTH: 2 ** 32, MAX_STRING_LENGTH: 536870888 },
  atob: (text) => globalThis.atob(text),
  btoa: (text) => globalThis.btoa(text),
};
