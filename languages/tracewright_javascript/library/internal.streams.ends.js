'use strict';
// When a stream is over, and streams in a row.
const { coded } = require('internal/errors');
const { Readable } = require('internal/streams/readable');
const { PassThrough } = require('internal/streams/duplex');

function prematureClose() {
  return coded(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close');
}

// Calls back once both sides are done, or with what has failed; gives a function that takes the listeners away.
function finished(stream, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  const reads = stream._readableState;
  const writes = stream._writableState;
  let isReadDone = options?.readable === false || (reads === undefined ? !stream.readable : reads.isReadable === false || reads.endEmitted);
  let isWriteDone = options?.writable === false || (writes === undefined ? !stream.writable : writes.isWritable === false || writes.finished);
  let isTold = false;
  const tell = (error) => {
    if (isTold) return;
    isTold = true;
    callback.call(stream, error);
  };
  const tellIfDone = () => {
    if (isReadDone && isWriteDone) tell();
  };
  const onEnd = () => {
    isReadDone = true;
    tellIfDone();
  };
  const onFinish = () => {
    isWriteDone = true;
    tellIfDone();
  };
  const onError = (error) => tell(error);
  const onClose = () => {
    const failure = reads?.errored ?? writes?.errored;
    if (failure) tell(failure);
    else if (!isReadDone || !isWriteDone) tell(prematureClose());
    else tell();
  };
  stream.on('end', onEnd).on('finish', onFinish).on('close', onClose);
  if (options?.error !== false) stream.on('error', onError);
  const failure = reads?.errored ?? writes?.errored;
  if (failure || reads?.closed || writes?.closed) process.nextTick(onClose);
  else if (isReadDone && isWriteDone) process.nextTick(tell);
  return () => {
    isTold = true;
    for (const [type, listener] of Object.entries({ end: onEnd, finish: onFinish, close: onClose, error: onError })) {
      stream.removeListener(type, listener);
    }
  };
}

function isStream(thing) {
  return typeof thing?.on === 'function' && (thing._readableState !== undefined || thing._writableState !== undefined || typeof thing.pipe === 'function');
}

// Streams, iterables and functions over iterables: each is fed with what comes of the one before.
function pipeline(...given) {
  const callback = typeof given.at(-1) === 'function' ? given.pop() : undefined;
  const row = given.length === 1 && Array.isArray(given[0]) ? given[0] : given;
  if (callback === undefined) {
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "callback" argument must be of type function. Received undefined');
  }
  if (row.length < 2) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "streams" argument must be specified');
  const streams = [];
  let left = 0;
  let failure;
  let value;
  const finish = (error) => {
    left--;
    if (error && (failure === undefined || failure.code === 'ERR_STREAM_PREMATURE_CLOSE')) failure = error;
    if (error) for (const stream of streams) if (!stream.destroyed) stream.destroy();
    if (left === 0) process.nextTick(callback, failure, value);
  };
  const watch = (stream, options) => {
    left++;
    streams.push(stream);
    finished(stream, options, finish);
    return stream;
  };
  let current;
  row.forEach((each, index) => {
    const isFirst = index === 0;
    const isLast = index === row.length - 1;
    if (typeof each === 'function' && !isStream(each)) {
      const made = isFirst ? each() : each(current);
      if (isLast && typeof made?.then === 'function') {
        left++;
        made.then(
          (result) => {
            value = result;
            finish();
          },
          (error) => finish(error),
        );
        current = undefined;
      } else current = isLast ? watch(Readable.from(made).pipe(new PassThrough({ objectMode: true })), {}) : watch(Readable.from(made), { writable: false });
    } else if (isStream(each)) {
      if (isFirst) current = watch(each, { writable: false });
      else {
        const source = isStream(current) ? current : watch(Readable.from(current), { writable: false });
        watch(each, { readable: !isLast });
        current = source.pipe(each);
      }
    } else current = watch(Readable.from(each), { writable: false });
  });
  return current;
}

const promises = {
  finished: (stream, options) =>
    new Promise((resolve, reject) => {
      finished(stream, options ?? {}, (error) => (error ? reject(error) : resolve()));
    }),
  pipeline: (...streams) =>
    new Promise((resolve, reject) => {
      const last = streams.at(-1);
      const hasOptions = streams.length > 2 && typeof last === 'object' && !isStream(last) && typeof last[Symbol.asyncIterator] !== 'function' && typeof last[Symbol.iterator] !== 'function';
      if (hasOptions) streams.pop();
      pipeline(...streams, (error, value) => (error ? reject(error) : resolve(value)));
    }),
};

module.exports = { finished, pipeline, promises };
