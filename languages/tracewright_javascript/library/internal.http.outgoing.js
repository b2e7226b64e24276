'use strict';
// Messages of HTTP/1.1 as they go out: fields, and bodies of known length or in chunks.
const { Writable } = require('stream');
const { coded, invalidArgument } = require('internal/errors');
const { LINE_END } = require('internal/http/messages');
const { Buffer } = require('buffer');
const process = require('process');

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
const WRONG_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

function validateHeaderName(name) {
  if (typeof name !== 'string' || !TOKEN.test(name)) throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${name}"]`);
}

function validateHeaderValue(name, value) {
  if (value === undefined) throw coded(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${value}" for header "${name}"`);
  if (WRONG_VALUE.test(String(value))) throw coded(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
}

class OutgoingMessage extends Writable {
  constructor() {
    super({ decodeStrings: false, autoDestroy: false, emitClose: true });
    this.sendDate = false;
    this.finishedHead = null;
    for (const [name, value] of Object.entries({ socket: null, _fields: new Map(), _queue: [], _isChunked: false, _hasNoBody: false, _length: null, _trailer: '' })) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: false });
    }
  }
  get connection() {
    return this.socket;
  }
  get headersSent() {
    return this.finishedHead !== null;
  }
  get finished() {
    return this.writableEnded;
  }
  setHeader(name, value) {
    if (this.headersSent) throw coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot set headers after they are sent to the client');
    validateHeaderName(name);
    for (const each of [value].flat()) validateHeaderValue(name, each);
    this._fields.set(name.toLowerCase(), [name, value]);
    return this;
  }
  appendHeader(name, value) {
    const before = this.getHeader(name);
    return this.setHeader(name, before === undefined ? value : [before, value].flat());
  }
  setHeaders(headers) {
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }
  getHeader(name) {
    return this._fields.get(String(name).toLowerCase())?.[1];
  }
  hasHeader(name) {
    return this._fields.has(String(name).toLowerCase());
  }
  removeHeader(name) {
    if (this.headersSent) throw coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot remove headers after they are sent to the client');
    this._fields.delete(String(name).toLowerCase());
  }
  getHeaderNames() {
    return [...this._fields.keys()];
  }
  getRawHeaderNames() {
    return [...this._fields.values()].map(([name]) => name);
  }
  getHeaders() {
    const result = Object.create(null);
    for (const [name, [, value]] of this._fields) result[name] = value;
    return result;
  }
  addTrailers(trailers) {
    for (const [name, value] of Object.entries(trailers)) this._trailer += `${name}: ${value}${LINE_END}`;
  }
  flushHeaders() {
    this._sendHead();
  }
  setTimeout(milliseconds, callback) {
    if (callback) this.once('timeout', callback);
    if (this.socket) this.socket.setTimeout(milliseconds, () => this.emit('timeout'));
    else this.once('socket', (socket) => socket.setTimeout(milliseconds, () => this.emit('timeout')));
    return this;
  }
  write(chunk, encoding, callback) {
    if (chunk === null) throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
      throw invalidArgument('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
    }
    return this.destroyed ? this._refuse(typeof encoding === 'function' ? encoding : callback) : super.write(chunk, encoding, callback);
  }
  // What is written when the other side has gone is nobody's mistake.
  _refuse(callback) {
    if (callback) process.nextTick(() => callback(coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed')));
    return false;
  }
  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') [chunk, callback] = [undefined, chunk];
    else if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
    if (this.destroyed) {
      this._refuse(callback);
      return this;
    }
    if (!this.headersSent && !this.writableEnded && this.writableLength === 0) {
      this._length = chunk === undefined || chunk === null ? 0 : typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
    }
    return super.end(chunk ?? undefined, encoding, callback);
  }
  // The head as text; what says how long the body is comes last.
  _head(first, others) {
    let text = first + LINE_END;
    for (const [name, value] of this._fields.values()) {
      if (Array.isArray(value)) for (const each of value) text += `${name}: ${each}${LINE_END}`;
      else text += `${name}: ${value}${LINE_END}`;
    }
    for (const [name, value] of others) if (!this.hasHeader(name)) text += `${name}: ${value}${LINE_END}`;
    this._isChunked = /\bchunked\b/i.test(this.getHeader('transfer-encoding') ?? '');
    if (!this._hasNoBody && !this.hasHeader('content-length') && !this.hasHeader('transfer-encoding')) {
      if (this._length !== null && this._knowsLength()) text += `Content-Length: ${this._length}${LINE_END}`;
      else if (this._length === null) {
        text += `Transfer-Encoding: chunked${LINE_END}`;
        this._isChunked = true;
      }
    }
    return text + LINE_END;
  }
  _knowsLength() {
    return true;
  }
  _send(data, encoding, done) {
    if (this.socket === null) this._queue.push([data, encoding, done]);
    else if (this.socket.destroyed) done?.();
    else this.socket.write(data, encoding, done);
  }
  _attach(socket) {
    this.socket = socket;
    this.emit('socket', socket);
    for (const [data, encoding, done] of this._queue.splice(0)) this._send(data, encoding, done);
  }
  _write(chunk, encoding, done) {
    this._sendHead();
    if (this._hasNoBody) {
      done();
      return;
    }
    if (!this._isChunked) {
      this._send(chunk, encoding, done);
      return;
    }
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    if (bytes.byteLength === 0) {
      done();
      return;
    }
    this._send(bytes.byteLength.toString(16) + LINE_END, 'latin1');
    this._send(bytes);
    this._send(LINE_END, 'latin1', done);
  }
  _final(callback) {
    this._sendHead();
    if (this._isChunked && !this._hasNoBody) this._send(`0${LINE_END}${this._trailer}${LINE_END}`, 'latin1');
    callback();
    this._sent();
  }
}

module.exports = { OutgoingMessage, validateHeaderName, validateHeaderValue };
