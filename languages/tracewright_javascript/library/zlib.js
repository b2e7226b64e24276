'use strict';
// Compression by the zlib library of the system: at once, with a callback, and as streams. Brotli is not there.
const { Buffer } = require('buffer');
const { Transform } = require('stream');
const { coded, invalidArgument, outOfRange, validateFunction } = require('internal/errors');
const { binary, fromBinary } = require('internal/bytes');

const codes = { Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6 };
for (const name of Object.keys(codes)) codes[codes[name]] = name;
const constants = {
  Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5,
  Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6,
  Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3, Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0, ZLIB_VERNUM: 4880,
  DEFLATE: 1, INFLATE: 2, GZIP: 3, GUNZIP: 4, DEFLATERAW: 5, INFLATERAW: 6, UNZIP: 7,
  Z_MIN_WINDOWBITS: 8, Z_MAX_WINDOWBITS: 15, Z_DEFAULT_WINDOWBITS: 15, Z_MIN_CHUNK: 64, Z_MAX_CHUNK: Infinity, Z_DEFAULT_CHUNK: 16384,
  Z_MIN_MEMLEVEL: 1, Z_MAX_MEMLEVEL: 9, Z_DEFAULT_MEMLEVEL: 8, Z_MIN_LEVEL: -1, Z_MAX_LEVEL: 9, Z_DEFAULT_LEVEL: -1,
};
const GZIP_BITS = 16; // added to the size of the window: the format of gzip
const ANY_BITS = 32; // either format, as the data says
const MOST_BYTES = 2 ** 31 - 1;
// Each kind: whether it compresses, and what the library makes of the size of the window.
const KINDS = {
  Deflate: [true, (bits) => bits],
  Inflate: [false, (bits) => bits],
  Gzip: [true, (bits) => bits + GZIP_BITS],
  Gunzip: [false, (bits) => bits + GZIP_BITS],
  DeflateRaw: [true, (bits) => -bits],
  InflateRaw: [false, (bits) => -bits],
  Unzip: [false, (bits) => bits + ANY_BITS],
};

function number(options, name, smallest, largest, otherwise) {
  const value = options?.[name];
  if (value === undefined) return otherwise;
  if (typeof value !== 'number') throw invalidArgument(`options.${name}`, 'of type number', value);
  if (!(value >= smallest && value <= largest)) throw outOfRange(`options.${name}`, `>= ${smallest} and <= ${largest}`, value);
  return value;
}

function bytesOf(data, name) {
  if (typeof data === 'string') return host.encode(data);
  if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer || data instanceof SharedArrayBuffer) return binary(data);
  throw invalidArgument(name, 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer', data);
}

function failure(code, said) {
  const message = code === codes.Z_NEED_DICT ? 'Missing dictionary' : code === codes.Z_BUF_ERROR ? 'unexpected end of file' : said || 'zlib error';
  const error = new Error(message);
  error.errno = code;
  error.code = codes[code] ?? 'Z_ERRNO';
  return error;
}

// An open stream of the library, with what happens at the ends of members.
class Engine {
  constructor(kind, options) {
    const [compresses, bits] = KINDS[kind];
    this.kind = kind;
    this.compresses = compresses;
    this.isDone = false;
    this.hasInput = false;
    this.most = number(options, 'maxOutputLength', 1, Number.MAX_SAFE_INTEGER, MOST_BYTES);
    this.finish = options?.finishFlush ?? constants.Z_FINISH;
    number(options, 'chunkSize', 64, Infinity, 16384);
    const window = number(options, 'windowBits', compresses ? (kind === 'Gzip' ? 9 : 8) : options?.windowBits === 0 ? 0 : 8, 15, 15);
    const level = number(options, 'level', -1, 9, -1);
    const memory = number(options, 'memLevel', 1, 9, 8);
    const strategy = number(options, 'strategy', 0, 4, 0);
    const dictionary = options?.dictionary === undefined ? '' : bytesOf(options.dictionary, 'options.dictionary');
    this.number = host.zlibOpen(compresses, level, bits(window === 8 && kind === 'DeflateRaw' ? 9 : window), memory, strategy, dictionary);
  }
  // What comes of some bytes. Throws what the library complains of.
  run(bytes, flush) {
    let output = '';
    if (bytes.length > 0) this.hasInput = true;
    while (!this.isDone) {
      const [part, code, left, said] = host.zlibRun(this.number, bytes, flush, this.most - output.length);
      output += part;
      if (output.length > this.most) throw coded(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${this.most} bytes`);
      if (code === codes.Z_STREAM_END && !this.compresses) {
        bytes = bytes.slice(bytes.length - left);
        // Bytes behind the end are another member, or zeros that fill up.
        if (this.kind === 'Gunzip' && left > 0 && bytes.charCodeAt(0) !== 0) host.zlibReset(this.number);
        else this.isDone = true;
        continue;
      }
      if (code === codes.Z_BUF_ERROR && !(flush === constants.Z_FINISH && !this.compresses)) break;
      if (code === codes.Z_OK && flush === constants.Z_FINISH && !this.compresses) throw failure(codes.Z_BUF_ERROR, '');
      if (code === codes.Z_OK || code === codes.Z_STREAM_END) break;
      throw failure(code, said);
    }
    return output;
  }
  close() {
    host.zlibClose(this.number);
  }
}

function atOnce(kind, data, options) {
  const bytes = bytesOf(data, 'buffer');
  const engine = new Engine(kind, options);
  try {
    const output = fromBinary(engine.run(bytes, engine.finish));
    return options?.info ? { buffer: output, engine } : output;
  } finally {
    engine.close();
  }
}

class Zlib extends Transform {
  constructor(kind, options) {
    super(options);
    this._handle = new Engine(kind, options);
    this._flushes = options?.flush ?? constants.Z_NO_FLUSH;
    this.bytesWritten = 0;
  }
  _run(bytes, flush, callback) {
    let output;
    try {
      output = this._handle.run(bytes, flush);
    } catch (error) {
      callback(error);
      return;
    }
    if (output.length > 0) this.push(fromBinary(output));
    callback();
  }
  _transform(chunk, encoding, callback) {
    this.bytesWritten += chunk.length;
    this._run(typeof chunk === 'string' ? Buffer.from(chunk, encoding).toString('latin1') : binary(chunk), this._flushes, callback);
  }
  _flush(callback) {
    if (!this._handle.hasInput && !this._handle.compresses) callback();
    else this._run('', this._handle.finish, callback);
  }
  _destroy(error, callback) {
    this._handle.close();
    callback(error);
  }
  flush(kind, callback) {
    if (typeof kind === 'function') [kind, callback] = [constants.Z_FULL_FLUSH, kind];
    this._run('', kind ?? constants.Z_FULL_FLUSH, callback ?? (() => {}));
  }
  close(callback) {
    if (callback) this.once('close', callback);
    this.destroy();
  }
}

module.exports = { constants, codes, crc32: (data, start = 0) => host.crc32(bytesOf(data, 'data'), start) };
Object.defineProperty(module.exports, 'constants', { writable: false, configurable: false });

for (const kind of Object.keys(KINDS)) {
  const Class = class extends Zlib {
    constructor(options) {
      super(kind, options);
    }
  };
  const callable = new Proxy(Class, { apply: (_, self, [options]) => new Class(options) });
  Object.defineProperty(Class, 'name', { value: kind });
  const name = kind[0].toLowerCase() + kind.slice(1);
  module.exports[kind] = callable;
  module.exports[`create${kind}`] = (options) => new Class(options);
  module.exports[`${name}Sync`] = (data, options) => atOnce(kind, data, options);
  module.exports[name] = function (data, options, callback) {
    if (typeof options === 'function') [options, callback] = [undefined, options];
    validateFunction(callback, 'callback');
    bytesOf(data, 'buffer');
    let error = null;
    let output;
    try {
      output = atOnce(kind, data, options);
    } catch (problem) {
      error = problem;
    }
    require('timers').setImmediate(() => (error === null ? callback(null, output) : callback(error)));
  };
}

require('internal/absent').addMissing(module.exports, 'zlib', ['BrotliCompress', 'BrotliDecompress', 'brotliCompress', 'brotliCompressSync', 'brotliDecompress', 'brotliDecompressSync', 'createBrotliCompress', 'createBrotliDecompress']);
