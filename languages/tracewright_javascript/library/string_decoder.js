'use strict';
// Bytes that come in pieces, to text: what a piece ends in the middle of waits for the next one.

// A function, since others call it on objects of their own.
function StringDecoder(encoding = 'utf8') {
  this.encoding = String(encoding).toLowerCase().replace('utf-8', 'utf8');
  Object.defineProperty(this, 'rest', { value: '', writable: true, enumerable: false });
}

class Methods {
  write(piece) {
    if (typeof piece === 'string') return piece;
    const { binary, fromBinary } = require('internal/bytes');
    const bytes = this.rest + binary(piece);
    const kept =
      this.encoding === 'utf8'
        ? unfinished(bytes)
        : this.encoding === 'utf16le' || this.encoding === 'ucs2'
          ? bytes.length & 1
          : this.encoding === 'base64'
            ? bytes.length % 3
            : 0;
    this.rest = bytes.slice(bytes.length - kept);
    const whole = bytes.slice(0, bytes.length - kept);
    return this.encoding === 'utf8' ? host.decode(whole) : fromBinary(whole).toString(this.encoding);
  }
  end(piece) {
    const text = piece === undefined ? '' : this.write(piece);
    const rest = this.rest;
    this.rest = '';
    if (rest === '') return text;
    return (
      text + (this.encoding === 'utf8' ? '\ufffd' : require('internal/bytes').fromBinary(rest).toString(this.encoding))
    );
  }
}

// How many bytes at the end are the beginning of a character.
function unfinished(bytes) {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes.charCodeAt(bytes.length - back);
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
    if (byte < 0x80) return 0;
  }
  return 0;
}

for (const name of ['write', 'end']) {
  Object.defineProperty(StringDecoder.prototype, name, { value: Methods.prototype[name], writable: true, enumerable: true, configurable: true });
}

module.exports = { StringDecoder };
