'use strict';
// Messages of HTTP/1.1 as they come in: heads and bodies, piece by piece.
const { Readable } = require('stream');

const MOST_HEAD = 16384; // bytes
const LINE_END = '\r\n';
// Fields of which only the first counts, and those that are lists joined otherwise than by a comma.
const SINGLE = new Set(
  'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since last-modified location max-forwards proxy-authorization referer retry-after server user-agent'.split(' '),
);

class IncomingMessage extends Readable {
  constructor(socket) {
    super({ autoDestroy: false, emitClose: true });
    this.httpVersionMajor = 1;
    this.httpVersionMinor = 1;
    this.httpVersion = '1.1';
    this.complete = false;
    this.rawHeaders = [];
    this.rawTrailers = [];
    this.trailers = {};
    this.aborted = false;
    this.upgrade = null;
    this.url = '';
    this.method = null;
    this.statusCode = null;
    this.statusMessage = null;
    for (const [name, value] of Object.entries({ socket, _headers: null, _resume: null })) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: false });
    }
  }
  get connection() {
    return this.socket;
  }
  get headers() {
    return (this._headers ??= fieldsOf(this.rawHeaders));
  }
  set headers(value) {
    this._headers = value;
  }
  get headersDistinct() {
    const fields = Object.create(null);
    for (let at = 0; at < this.rawHeaders.length; at += 2) (fields[this.rawHeaders[at].toLowerCase()] ??= []).push(this.rawHeaders[at + 1]);
    return fields;
  }
  setTimeout(milliseconds, callback) {
    this.socket.setTimeout(milliseconds, callback);
    return this;
  }
  _read() {
    const resume = this._resume;
    this._resume = null;
    resume?.();
  }
  _destroy(error, callback) {
    if (!this.complete && !this.aborted) {
      this.aborted = true;
      this.emit('aborted');
      if (this.socket && !this.socket.destroyed) this.socket.destroy(error);
    }
    callback(error);
  }
}

function fieldsOf(raw) {
  const fields = {};
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at].toLowerCase();
    const value = raw[at + 1];
    if (name === 'set-cookie') (fields[name] ??= []).push(value);
    else if (!(name in fields)) fields[name] = value;
    else if (name === 'cookie') fields[name] += `; ${value}`;
    else if (!SINGLE.has(name)) fields[name] += `, ${value}`;
  }
  return fields;
}

function parseFault(message, reason) {
  return Object.assign(new Error(`Parse Error: ${message}`), { code: reason, reason: message });
}

// Reads messages one after the other from the bytes of a connection (strings of units below 256).
class Reader {
  // `begin(head)` says what to do with a message: the IncomingMessage for its body, whether there is none; null ends reading.
  constructor(begin, end) {
    this.begin = begin;
    this.end = end;
    this.rest = '';
    this.message = null;
    this.step = this.head;
    this.left = 0;
    this.isOver = false;
  }
  feed(bytes) {
    this.rest += bytes;
    while (!this.isOver && this.step()) {}
  }
  // The connection has ended: false if that is in the middle of a message.
  finish() {
    if (this.message !== null && this.step === this.untilEnd) this.complete();
    return this.message === null && this.rest === '';
  }
  line() {
    const at = this.rest.indexOf('\n');
    if (at < 0) {
      if (this.rest.length > MOST_HEAD) throw parseFault('Header overflow', 'HPE_HEADER_OVERFLOW');
      return null;
    }
    const line = this.rest.slice(0, this.rest[at - 1] === '\r' ? at - 1 : at);
    this.rest = this.rest.slice(at + 1);
    return line;
  }
  head() {
    if (this.rest.startsWith(LINE_END)) this.rest = this.rest.slice(2); // an empty line before a message is no mistake
    const stop = this.rest.search(/\r?\n\r?\n/);
    if (stop < 0) {
      if (this.rest.length > MOST_HEAD) throw parseFault('Header overflow', 'HPE_HEADER_OVERFLOW');
      return false;
    }
    const [first, ...lines] = this.rest.slice(0, stop).split(/\r?\n/);
    this.rest = this.rest.slice(stop).replace(/^\r?\n\r?\n/, '');
    const raw = [];
    for (const line of lines) {
      const colon = line.indexOf(':');
      if (colon < 1 || /[^!#$%&'*+\-.^_`|~0-9a-z]/i.test(line.slice(0, colon))) throw parseFault('Invalid header token', 'HPE_INVALID_HEADER_TOKEN');
      raw.push(line.slice(0, colon), line.slice(colon + 1).trim());
    }
    const fields = fieldsOf(raw);
    const { message, hasNoBody } = this.begin(first, raw, fields);
    this.message = message;
    if (message === null) return !this.isOver;
    const length = fields['content-length'];
    if (length !== undefined && !/^\d+$/.test(length)) throw parseFault('Invalid character in Content-Length', 'HPE_INVALID_CONTENT_LENGTH');
    if (hasNoBody) this.complete();
    else if (/\bchunked\b/i.test(fields['transfer-encoding'] ?? '')) this.step = this.chunkHead;
    else if (length !== undefined) this.body(Number(length), this.complete);
    else if (message.statusCode !== null) this.step = this.untilEnd;
    else this.complete();
    return true;
  }
  body(length, then) {
    this.left = length;
    this.then = then;
    this.step = this.counted;
  }
  counted() {
    const part = this.rest.slice(0, this.left);
    this.rest = this.rest.slice(part.length);
    this.left -= part.length;
    this.hand(part);
    if (this.left > 0) return false;
    this.then();
    return true;
  }
  untilEnd() {
    const part = this.rest;
    this.rest = '';
    this.hand(part);
    return false;
  }
  chunkHead() {
    const line = this.line();
    if (line === null) return false;
    const length = parseInt(line, 16);
    if (!/^[\da-f]+/i.test(line)) throw parseFault('Invalid character in chunk size', 'HPE_INVALID_CHUNK_SIZE');
    if (length === 0) this.step = this.trailer;
    else this.body(length, () => (this.step = this.chunkEnd));
    return true;
  }
  chunkEnd() {
    if (this.line() === null) return false;
    this.step = this.chunkHead;
    return true;
  }
  trailer() {
    const line = this.line();
    if (line === null) return false;
    if (line === '') {
      this.message.trailers = fieldsOf(this.message.rawTrailers);
      this.complete();
      return true;
    }
    const colon = line.indexOf(':');
    this.message.rawTrailers.push(line.slice(0, colon), line.slice(colon + 1).trim());
    return true;
  }
  hand(part) {
    if (part !== '') this.message.push(require('internal/bytes').fromBinary(part));
  }
  complete() {
    const { message } = this;
    this.message = null;
    this.step = this.head;
    message.complete = true;
    message.push(null);
    this.end(message);
  }
}

module.exports = { IncomingMessage, Reader, LINE_END };
