'use strict';
// Streams that are written to: one `_write` at a time, what comes meanwhile waits; `write` answers false while more than `highWaterMark` waits.
const { coded, invalidArgument } = require('internal/errors');
const { Stream, begin, destroy, fail, hidden, inherit, markOf, sizeOf, takeMethods } = require('internal/streams/common');

function Writable(options) {
  if (!(this instanceof Writable)) return new Writable(options);
  Stream.call(this, options);
  beginWriting(this, options ?? {});
}

function beginWriting(stream, options) {
  const isObjects = Boolean(options.objectMode || options.writableObjectMode);
  hidden(stream, '_writableState', {
    ...begin(options, isObjects),
    highWaterMark: markOf(options, 'writableHighWaterMark', isObjects),
    decodeStrings: options.decodeStrings !== false,
    defaultEncoding: options.defaultEncoding ?? 'utf8',
    waiting: [],
    writing: false,
    isSync: false, // `_write` is running
    isWorking: false, // what waits is being written
    needDrain: false,
    corked: 0,
    pending: 0, // writes whose callbacks have not been called
    ending: false,
    isFinishing: false,
    isFinalRunning: false,
    isFinishPlanned: false,
    finished: false,
    onFinish: [],
  });
  takeMethods(stream, options, ['write', 'writev', 'final', 'destroy']);
}

function perform(stream, entries) {
  const state = stream._writableState;
  state.writing = true;
  state.isSync = true;
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  let isDone = false;
  const done = (error) => {
    if (isDone) {
      fail(stream, coded(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
      return;
    }
    isDone = true;
    written(stream, entries, size, error ?? null);
  };
  try {
    if (entries.length > 1 || (stream._writev && !hasWrite(stream))) {
      stream._writev(entries.map(({ chunk, encoding }) => ({ chunk, encoding })), done);
    } else stream._write(entries[0].chunk, entries[0].encoding, done);
  } catch (error) {
    if (isDone) throw error;
    done(error);
  }
  state.isSync = false;
}

function hasWrite(stream) {
  return stream._write !== Writable.prototype._write;
}

function written(stream, entries, size, error) {
  const state = stream._writableState;
  state.writing = false;
  state.length -= size;
  const tell = () => {
    state.pending -= entries.length;
    if (error === null && state.needDrain && state.length === 0 && !state.ending && !state.destroyed) {
      state.needDrain = false;
      stream.emit('drain');
    }
    for (const { done } of entries) done(error);
    finishIfDone(stream, true);
  };
  if (state.isSync) process.nextTick(tell);
  else tell();
  if (error !== null) {
    refuse(stream, error);
    fail(stream, error);
  } else work(stream);
}

// What waits is not written any more.
function refuse(stream, error) {
  const state = stream._writableState;
  const entries = state.waiting.splice(0);
  state.pending -= entries.length;
  for (const { size, done } of entries) {
    state.length -= size;
    process.nextTick(done, error);
  }
}

function work(stream) {
  const state = stream._writableState;
  if (state.isWorking) return;
  state.isWorking = true;
  while (!state.writing && state.corked === 0 && state.waiting.length > 0 && !state.destroyed) {
    perform(stream, stream._writev && state.waiting.length > 1 ? state.waiting.splice(0) : [state.waiting.shift()]);
  }
  state.isWorking = false;
  finishIfDone(stream);
}

// The end: `_final` as soon as everything is written, `finish` once all that has been written is told of.
function finishIfDone(stream, isAtOnce = false) {
  const state = stream._writableState;
  if (!state.ending || state.writing || state.waiting.length > 0 || state.destroyed || state.errored) return;
  if (!state.isFinishing) {
    state.isFinishing = true;
    if (typeof stream._final === 'function') {
      state.isFinalRunning = true;
      const done = (error) => {
        state.isFinalRunning = false;
        if (error) fail(stream, error);
        else finish(stream, false);
      };
      try {
        stream._final(done);
      } catch (error) {
        done(error);
      }
      return;
    }
  }
  if (!state.isFinalRunning && state.pending === 0) finish(stream, isAtOnce);
}

function finish(stream, isAtOnce) {
  const state = stream._writableState;
  if (state.isFinishPlanned) return;
  state.isFinishPlanned = true;
  stream.emit('prefinish');
  const tell = () => {
    if (state.errored || state.closed) return;
    state.finished = true;
    for (const done of state.onFinish.splice(0)) done(null);
    stream.emit('finish');
    const other = stream._readableState;
    if (state.autoDestroy && (other === undefined || (other.autoDestroy && other.endEmitted))) stream.destroy();
  };
  if (isAtOnce) tell();
  else process.nextTick(tell);
}

inherit(
  Writable,
  class extends Stream {
    static [Symbol.hasInstance](thing) {
      if (Function.prototype[Symbol.hasInstance].call(this, thing)) return true;
      return this === Writable && thing?._writableState !== undefined;
    }
    _write(chunk, encoding, done) {
      if (!this._writev) throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _write() method is not implemented');
      this._writev([{ chunk, encoding }], done);
    }
    _destroy(error, done) {
      done(error);
    }
    write(chunk, encoding, done) {
      const state = this._writableState;
      if (typeof encoding === 'function') [encoding, done] = [undefined, encoding];
      const tell = typeof done === 'function' ? done : () => {};
      if (chunk === null) throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
      let how = encoding || state.defaultEncoding;
      if (!state.objectMode) {
        if (typeof chunk === 'string') {
          if (state.decodeStrings) [chunk, how] = [require('buffer').Buffer.from(chunk, how), 'buffer'];
        } else if (chunk instanceof Uint8Array) {
          const { Buffer } = require('buffer');
          if (!(chunk instanceof Buffer)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
          how = 'buffer';
        } else throw invalidArgument('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
      }
      let error;
      if (state.ending) error = coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
      else if (state.destroyed) error = coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
      if (error !== undefined) {
        process.nextTick(tell, error);
        fail(this, error);
        return false;
      }
      const entry = { chunk, encoding: how, done: tell, size: sizeOf(state, chunk) };
      state.pending++;
      state.length += entry.size;
      const hasRoom = state.length < state.highWaterMark;
      if (!hasRoom) state.needDrain = true;
      if (state.writing || state.corked > 0 || state.errored || state.waiting.length > 0) state.waiting.push(entry);
      else perform(this, [entry]);
      return hasRoom && !state.errored && !state.destroyed;
    }
    end(chunk, encoding, done) {
      const state = this._writableState;
      if (typeof chunk === 'function') [chunk, encoding, done] = [undefined, undefined, chunk];
      else if (typeof encoding === 'function') [encoding, done] = [undefined, encoding];
      let error;
      if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
      if (state.corked > 0) {
        state.corked = 1;
        this.uncork();
      }
      if (!state.ending) {
        state.ending = true;
        state.ended = true;
        finishIfDone(this);
      } else if (state.finished) error = coded(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished');
      else if (state.destroyed) error = coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call end after a stream was destroyed');
      if (typeof done === 'function') {
        if (error !== undefined || state.finished) process.nextTick(done, error);
        else state.onFinish.push(done);
      }
      return this;
    }
    cork() {
      this._writableState.corked++;
    }
    uncork() {
      const state = this._writableState;
      if (state.corked > 0) state.corked--;
      if (!state.writing) work(this);
    }
    setDefaultEncoding(encoding) {
      this._writableState.defaultEncoding = String(encoding).toLowerCase();
      return this;
    }
    pipe() {
      fail(this, coded(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
    }
  },
);
hidden(Writable.prototype, 'destroy', function (error, done) {
  if (!this.destroyed && this._writableState.waiting.length > 0) {
    refuse(this, error ?? coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'));
  }
  return destroy.call(this, error, done);
});

const getters = {
  writable() {
    const state = this._writableState;
    return state !== undefined && state.isWritable !== false && !state.destroyed && !state.ending && !state.errored;
  },
  writableEnded() {
    return this._writableState.ending;
  },
  writableFinished() {
    return this._writableState.finished;
  },
  writableLength() {
    return this._writableState.length;
  },
  writableObjectMode() {
    return this._writableState.objectMode;
  },
  writableHighWaterMark() {
    return this._writableState.highWaterMark;
  },
  writableCorked() {
    return this._writableState.corked;
  },
  writableNeedDrain() {
    const state = this._writableState;
    return !state.destroyed && !state.ending && state.needDrain;
  },
};
function set(value) {
  if (this._writableState !== undefined) this._writableState.isWritable = Boolean(value);
}
for (const [name, get] of Object.entries(getters)) {
  Object.defineProperty(Writable.prototype, name, { get, set: name === 'writable' ? set : undefined, configurable: true });
}
for (const name of ['destroyed', 'closed', 'errored']) {
  Object.defineProperty(Writable.prototype, name, {
    get() {
      return this._writableState?.[name];
    },
    set() {},
    configurable: true,
  });
}

module.exports = { Writable, beginWriting };
