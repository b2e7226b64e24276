'use strict';
module.exports = require('internal/absent').absent('zlib', [
  'gzip',
  'gunzip',
  'gzipSync',
  'gunzipSync',
  'deflateSync',
  'inflateSync',
  'createGzip',
  'createGunzip',
]);

require('internal/absent').addMissing(module.exports, 'zlib', ['BrotliCompress', 'BrotliDecompress', 'Deflate', 'DeflateRaw', 'Gunzip', 'Gzip', 'Inflate', 'InflateRaw', 'Unzip', 'brotliCompress', 'brotliCompressSync', 'brotliDecompress', 'brotliDecompressSync', 'createBrotliCompress', 'createBrotliDecompress', 'createDeflate', 'createDeflateRaw', 'createInflate', 'createInflateRaw', 'createUnzip', 'deflate', 'deflateRaw', 'deflateRawSync', 'inflate', 'inflateRaw', 'inflateRawSync', 'unzip', 'unzipSync', 'crc32']);
