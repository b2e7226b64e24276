'use strict';
// Globals that few programs use: they come here when first asked for.

function structuredClone(value, options) {
  return require('internal/cloning').clone(value, options);
}

class DOMException extends Error {
  #code;
  constructor(message = '', options = 'Error') {
    super(message);
    const name = typeof options === 'object' ? (options.name ?? 'Error') : String(options);
    Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true, enumerable: false });
    this.#code = { DataCloneError: 25, AbortError: 20, TimeoutError: 23, InvalidCharacterError: 5 }[name] ?? 0;
  }
  get code() {
    return this.#code;
  }
}

class Event {
  constructor(type, options) {
    this.type = String(type);
    this.target = null;
    this.currentTarget = null;
    this.defaultPrevented = false;
    this.cancelable = Boolean(options?.cancelable);
    this.timeStamp = performance.now();
  }
  preventDefault() {
    if (this.cancelable) this.defaultPrevented = true;
  }
  stopPropagation() {}
  stopImmediatePropagation() {
    this.isStopped = true;
  }
}

class EventTarget {
  #listeners = new Map();
  addEventListener(type, listener, options) {
    const known = this.#listeners.get(type) ?? [];
    if (listener === null || known.some((each) => each.listener === listener)) return;
    this.#listeners.set(type, [...known, { listener, once: Boolean(options?.once) }]);
  }
  removeEventListener(type, listener) {
    this.#listeners.set(
      type,
      (this.#listeners.get(type) ?? []).filter((each) => each.listener !== listener),
    );
  }
  dispatchEvent(event) {
    event.target = event.currentTarget = this;
    for (const { listener, once } of this.#listeners.get(event.type) ?? []) {
      if (once) this.removeEventListener(event.type, listener);
      if (typeof listener === 'function') listener.call(this, event);
      else listener.handleEvent(event);
      if (event.isStopped) break;
    }
    return !event.defaultPrevented;
  }
}

const MAKE = Symbol('make');

class AbortSignal extends EventTarget {
  constructor(key) {
    if (key !== MAKE) throw new TypeError('Illegal constructor');
    super();
    this.aborted = false;
    this.reason = undefined;
    this.onabort = null;
  }
  throwIfAborted() {
    if (this.aborted) throw this.reason;
  }
  static abort(reason) {
    const signal = new AbortSignal(MAKE);
    abort(signal, reason);
    return signal;
  }
  static timeout(milliseconds) {
    const signal = new AbortSignal(MAKE);
    setTimeout(
      () => abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
      milliseconds,
    ).unref();
    return signal;
  }
  static any(signals) {
    const signal = new AbortSignal(MAKE);
    for (const each of signals) {
      if (each.aborted) abort(signal, each.reason);
      else each.addEventListener('abort', () => abort(signal, each.reason), { once: true });
    }
    return signal;
  }
}

function abort(signal, reason) {
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
  const event = new Event('abort');
  if (typeof signal.onabort === 'function') signal.onabort(event);
  signal.dispatchEvent(event);
}

class AbortController {
  #signal = new AbortSignal(MAKE);
  get signal() {
    return this.#signal;
  }
  abort(reason) {
    abort(this.#signal, reason);
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function btoa(value) {
  const text = `${value}`;
  let result = '';
  for (let index = 0; index < text.length; index += 3) {
    const units = [text.charCodeAt(index), text.charCodeAt(index + 1), text.charCodeAt(index + 2)];
    if (units.some((unit) => unit > 255)) throw new DOMException('Invalid character', 'InvalidCharacterError');
    const bits = (units[0] << 16) | (units[1] << 8) | units[2];
    result += LETTERS[bits >> 18] + LETTERS[(bits >> 12) & 63];
    result += index + 1 < text.length ? LETTERS[(bits >> 6) & 63] : '=';
    result += index + 2 < text.length ? LETTERS[bits & 63] : '=';
  }
  return result;
}

function atob(value) {
  let text = `${value}`.replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/==?$/, '');
  if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text))
    throw new DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  let result = '';
  let bits = 0;
  let count = 0;
  for (const letter of text) {
    bits = (bits << 6) | LETTERS.indexOf(letter);
    count += 6;
    if (count >= 8) {
      count -= 8;
      result += String.fromCharCode((bits >> count) & 255);
      bits &= (1 << count) - 1;
    }
  }
  return result;
}

class TextEncoder {
  get encoding() {
    return 'utf-8';
  }
  encode(text = '') {
    const bytes = host.encode(`${text}`);
    return require('internal/bytes').intoBytes(bytes, new Uint8Array(bytes.length));
  }
  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const character of text) {
      const bytes = host.encode(character);
      if (written + bytes.length > target.length) break;
      for (let index = 0; index < bytes.length; index++) target[written++] = bytes.charCodeAt(index);
      read += character.length;
    }
    return { read, written };
  }
}

const LABELS = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  ascii: 'windows-1252',
  'us-ascii': 'windows-1252',
  'windows-1252': 'windows-1252',
  'utf-16le': 'utf-16le',
  'utf-16': 'utf-16le',
};

class TextDecoder {
  #rest = '';
  #isAtStart = true;
  constructor(label = 'utf-8', options = undefined) {
    const encoding = LABELS[`${label}`.trim().toLowerCase()];
    if (encoding === undefined)
      throw require('internal/errors').coded(
        RangeError,
        'ERR_ENCODING_NOT_SUPPORTED',
        `The "${label}" encoding is not supported`,
      );
    this.encoding = encoding;
    this.fatal = Boolean(options?.fatal);
    this.ignoreBOM = Boolean(options?.ignoreBOM);
  }
  decode(input = undefined, options = undefined) {
    const bytes = this.#rest + (input === undefined ? '' : require('internal/bytes').binary(input));
    this.#rest = '';
    let text;
    if (this.encoding === 'utf-8') {
      const { StringDecoder } = require('string_decoder');
      let whole = bytes;
      if (options?.stream) {
        const decoder = new StringDecoder('utf8');
        decoder.write(require('internal/bytes').intoBytes(bytes, new Uint8Array(bytes.length)));
        this.#rest = decoder.rest;
        whole = bytes.slice(0, bytes.length - this.#rest.length);
      }
      text = host.decode(whole);
      if (this.fatal && text.includes('\ufffd') && host.encode(text) !== whole) {
        throw require('internal/errors').coded(
          TypeError,
          'ERR_ENCODING_INVALID_ENCODED_DATA',
          'The encoded data was not valid for encoding utf-8',
        );
      }
    } else if (this.encoding === 'utf-16le') {
      text = '';
      for (let index = 0; index + 1 < bytes.length; index += 2)
        text += String.fromCharCode(bytes.charCodeAt(index) | (bytes.charCodeAt(index + 1) << 8));
    } else text = bytes;
    if (this.#isAtStart && !this.ignoreBOM && text.startsWith('\ufeff')) text = text.slice(1);
    this.#isAtStart = !options?.stream;
    return text;
  }
}

module.exports = {
  structuredClone,
  DOMException,
  Event,
  EventTarget,
  AbortController,
  AbortSignal,
  btoa,
  atob,
  TextEncoder,
  TextDecoder,
};
