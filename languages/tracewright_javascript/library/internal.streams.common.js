'use strict';
// What readable and writable streams have in common. All are functions and no classes, because programs that are older than classes call them as
// functions: `Readable.call(this, options)`. What they keep is in `_readableState` and `_writableState`, so that no name of a program's own is in the way.
const EventEmitter = require('events');

function inherit(constructor, methods) {
  Object.setPrototypeOf(constructor, Object.getPrototypeOf(methods));
  constructor.prototype = methods.prototype;
  Object.defineProperty(constructor.prototype, 'constructor', {
    value: constructor,
    writable: true,
    configurable: true,
  });
  for (const name of Reflect.ownKeys(methods)) {
    if (!['length', 'name', 'prototype'].includes(name)) Object.defineProperty(constructor, name, Object.getOwnPropertyDescriptor(methods, name));
  }
}

function Stream(options) {
  EventEmitter.call(this, options);
}
inherit(
  Stream,
  class extends EventEmitter {
    // Of old streams, which only emit; those that can be read have a better one.
    pipe(target, options) {
      this.on('data', (chunk) => {
        if (target.write(chunk) === false && typeof this.pause === 'function') {
          this.pause();
          target.once('drain', () => this.resume());
        }
      });
      if (options?.end !== false) this.on('end', () => target.end());
      target.emit('pipe', this);
      return target;
    }
  },
);

function hidden(thing, name, value) {
  Object.defineProperty(thing, name, { value, writable: true, configurable: true, enumerable: false });
}

function defaultMark(isObjects) {
  return isObjects ? 16 : 16384;
}

// How many bytes, units or objects are kept before the other side is told to wait.
function markOf(options, name, isObjects) {
  const mark = options[name] ?? options.highWaterMark;
  if (mark === undefined || mark === null) return defaultMark(isObjects);
  if (!Number.isInteger(Number(mark)) || mark < 0) {
    const { coded } = require('internal/errors');
    throw coded(
      TypeError,
      'ERR_INVALID_ARG_VALUE',
      `The property 'options.highWaterMark' is invalid. Received ${host.inspect(mark, {})}`,
    );
  }
  return Math.floor(mark);
}

function sizeOf(state, chunk) {
  return state.objectMode ? 1 : chunk.length;
}

// `destroy`: once; what has failed is told, and that nothing comes any more.
function destroy(error, done) {
  if (this.destroyed) {
    if (typeof done === 'function') process.nextTick(done, error ?? null);
    return this;
  }
  const states = [this._readableState, this._writableState].filter((state) => state !== undefined);
  for (const state of states) {
    state.destroyed = true;
    state.errored ??= error ?? null;
  }
  this._destroy(error ?? null, (failure) => {
    const told = failure ?? null;
    for (const state of states) state.errored ??= told;
    if (typeof done === 'function') done(told);
    process.nextTick(() => {
      if (told !== null && !states.some((state) => state.errorTold)) {
        for (const state of states) state.errorTold = true;
        this.emit('error', told);
      }
      for (const state of states) state.closed = true;
      if (states.every((state) => state.emitClose)) this.emit('close');
    });
  });
  return this;
}

// An error of a stream: it is destroyed, or where it lives on the error is told only.
function fail(stream, error) {
  const state = stream._writableState ?? stream._readableState;
  if (state.autoDestroy) {
    stream.destroy(error);
    return;
  }
  state.errored ??= error;
  process.nextTick(() => stream.emit('error', error));
}

// What a state begins with, of either side.
function begin(options, isObjects) {
  return {
    objectMode: isObjects,
    length: 0,
    ended: false,
    destroyed: false,
    closed: false,
    errored: null,
    errorTold: false,
    autoDestroy: options.autoDestroy !== false,
    emitClose: options.emitClose !== false,
  };
}

// Options that are methods, and the signal that ends a stream.
function takeMethods(stream, options, names) {
  for (const name of names) if (typeof options[name] === 'function') stream[`_${name}`] = options[name];
  const signal = options.signal;
  if (signal === undefined) return;
  const stop = () => stream.destroy(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
  if (signal.aborted) process.nextTick(stop);
  else signal.addEventListener('abort', stop);
}

module.exports = { Stream, begin, defaultMark, destroy, fail, hidden, inherit, markOf, sizeOf, takeMethods };
