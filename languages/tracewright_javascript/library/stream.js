'use strict';
// Streams: see `internal.streams.*`.
const { Stream, defaultMark } = require('internal/streams/common');
const { Readable } = require('internal/streams/readable');
const { Writable } = require('internal/streams/writable');
const { finished, pipeline, promises } = require('internal/streams/ends');

module.exports = Object.assign(Stream, {
  Stream,
  Readable,
  Writable,
  ...require('internal/streams/duplex'),
  finished,
  pipeline,
  promises,
  addAbortSignal(signal, stream) {
    const stop = () => stream.destroy(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
    return stream;
  },
  getDefaultHighWaterMark: defaultMark,
  isWritable: (stream) => (typeof stream?.writable === 'boolean' ? stream.writable : null),
  isDestroyed: (stream) => stream?.destroyed ?? null,
  destroy: (stream, error) => stream.destroy(error),
  isReadable: (stream) => (typeof stream?.readable === 'boolean' ? stream.readable : null),
  isErrored: (stream) => Boolean(stream?._readableState?.errored ?? stream?._writableState?.errored),
  isDisturbed: (stream) => Boolean(stream?._readableState?.endEmitted || stream?._readableState?.flowing),
});
