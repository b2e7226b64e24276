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
