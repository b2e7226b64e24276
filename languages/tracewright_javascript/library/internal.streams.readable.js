'use strict';
// Streams that are read: `_read` is asked for more while fewer than `highWaterMark` are kept, and answers by `push`.
//
//     flowing: each chunk is an event `data`          paused: `readable` says that `read` has something, until it gives null
const { coded, invalidArgument } = require('internal/errors');
const { Stream, begin, destroy, fail, hidden, inherit, markOf, sizeOf, takeMethods } = require('internal/streams/common');

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  Stream.call(this, options);
  beginReading(this, options ?? {});
}

function beginReading(stream, options) {
  const isObjects = Boolean(options.objectMode || options.readableObjectMode);
  hidden(stream, '_readableState', {
    ...begin(options, isObjects),
    highWaterMark: markOf(options, 'readableHighWaterMark', isObjects),
    buffer: [],
    flowing: null,
    endEmitted: false,
    isEnding: false,
    reading: false,
    isSync: true, // `_read` is running, or has never run
    isWanted: false, // `_read` will be asked again
    isTelling: false, // `readable` will be emitted
    isFlowPlanned: false,
    hasListeners: false, // of `readable`
    decoder: null,
    encoding: null,
    pipes: [],
  });
  takeMethods(stream, options, ['read', 'destroy']);
  if (options.encoding) stream.setEncoding(options.encoding);
}

function ask(stream) {
  const state = stream._readableState;
  if (state.reading || state.ended || state.destroyed || state.errored) return;
  state.reading = true;
  state.isSync = true;
  try {
    stream._read(state.highWaterMark);
  } catch (error) {
    fail(stream, error);
  }
  state.isSync = false;
}

function askLater(stream) {
  const state = stream._readableState;
  if (state.isWanted) return;
  state.isWanted = true;
  process.nextTick(() => {
    state.isWanted = false;
    while (!state.reading && !state.ended && state.length < state.highWaterMark) {
      const before = state.length;
      ask(stream);
      if (state.length === before) break;
    }
  });
}

function tellReadable(stream) {
  const state = stream._readableState;
  if (state.isTelling) return;
  state.isTelling = true;
  process.nextTick(() => {
    state.isTelling = false;
    if (!state.destroyed && !state.errored && (state.length > 0 || state.ended)) stream.emit('readable');
  });
}

function flowLater(stream) {
  const state = stream._readableState;
  if (state.isFlowPlanned) return;
  state.isFlowPlanned = true;
  process.nextTick(() => {
    state.isFlowPlanned = false;
    if (state.flowing && !state.reading && state.length === 0) stream.read(0);
    flow(stream);
  });
}

function flow(stream) {
  while (stream._readableState.flowing && stream.read() !== null);
}

function arrived(stream) {
  const state = stream._readableState;
  if (state.flowing) flowLater(stream);
  else if (state.hasListeners) tellReadable(stream);
}

function end(stream) {
  const state = stream._readableState;
  if (state.isEnding) return;
  state.isEnding = true;
  process.nextTick(() => {
    if (state.errored || state.closed || state.length > 0) return;
    state.endEmitted = true;
    stream.emit('end');
    const other = stream._writableState;
    if (other !== undefined && stream.allowHalfOpen === false && !other.ending) stream.end();
    else if (state.autoDestroy && (other === undefined || (other.autoDestroy && other.finished))) stream.destroy();
  });
}

function add(stream, chunk, encoding, isFront) {
  const state = stream._readableState;
  state.reading = false;
  if (chunk === null) {
    if (state.ended) return false;
    const rest = state.decoder === null ? '' : state.decoder.end();
    if (rest !== '') keep(state, rest, false);
    state.ended = true;
    if (state.isSync) arrived(stream);
    else if (state.flowing) flow(stream);
    else if (state.hasListeners) stream.emit('readable');
    return false;
  }
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      if (state.encoding === null || encoding !== state.encoding || isFront) {
        if (state.encoding === null || !isFront) chunk = require('buffer').Buffer.from(chunk, encoding || 'utf8');
      }
    } else if (chunk instanceof Uint8Array) {
      if (!(chunk instanceof require('buffer').Buffer)) chunk = require('buffer').Buffer.from(chunk);
    } else {
      fail(stream, invalidArgument('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk));
      return false;
    }
  }
  if (state.destroyed || state.errored) return false;
  if (isFront ? state.endEmitted : state.ended) {
    const message = isFront ? 'stream.unshift() after end event' : 'stream.push() after EOF';
    fail(stream, coded(Error, isFront ? 'ERR_STREAM_UNSHIFT_AFTER_END_EVENT' : 'ERR_STREAM_PUSH_AFTER_EOF', message));
    return false;
  }
  if (state.decoder !== null && typeof chunk !== 'string' && !isFront) chunk = state.decoder.write(chunk);
  if (state.objectMode || chunk.length > 0) {
    if (state.flowing && state.length === 0 && !state.isSync && !isFront && stream.listenerCount('data') > 0) {
      stream.emit('data', chunk);
    } else {
      keep(state, chunk, isFront);
      arrived(stream);
    }
  }
  if (!state.ended) askLater(stream);
  return !state.ended && (state.length < state.highWaterMark || state.length === 0);
}

function keep(state, chunk, isFront) {
  state.length += sizeOf(state, chunk);
  if (isFront) state.buffer.unshift(chunk);
  else state.buffer.push(chunk);
}

// The next `count` of what is kept, which are there.
function take(state, count) {
  if (state.objectMode) {
    state.length--;
    return state.buffer.shift();
  }
  state.length -= count;
  const first = state.buffer[0];
  if (count === first.length) return state.buffer.shift();
  if (count < first.length) {
    state.buffer[0] = first.slice(count);
    return first.slice(0, count);
  }
  const whole = typeof first === 'string' ? state.buffer.join('') : require('buffer').Buffer.concat(state.buffer);
  state.buffer = count < whole.length ? [whole.slice(count)] : [];
  return whole.slice(0, count);
}

function wanted(state, count) {
  if (count <= 0 || (state.length === 0 && state.ended)) return 0;
  if (state.objectMode) return 1;
  if (count === undefined || Number.isNaN(count)) return state.flowing && state.length > 0 ? state.buffer[0].length : state.length;
  if (count <= state.length) return count;
  return state.ended ? state.length : 0;
}

// Without listeners of `readable`, those of `data` are served again.
function listenersHaveGone(stream) {
  const state = stream._readableState;
  state.hasListeners = stream.listenerCount('readable') > 0;
  if (!state.hasListeners && state.flowing === false && stream.listenerCount('data') > 0 && !state.isPaused) stream.resume();
}

inherit(
  Readable,
  class extends Stream {
    _read() {
      throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _read() method is not implemented');
    }
    _destroy(error, done) {
      done(error);
    }
    push(chunk, encoding) {
      return add(this, chunk === undefined ? null : chunk, encoding, false);
    }
    unshift(chunk, encoding) {
      return add(this, chunk === undefined ? null : chunk, encoding, true);
    }
    read(given) {
      const state = this._readableState;
      const count = given === undefined ? undefined : Math.trunc(Number(given));
      if (count > state.highWaterMark) state.highWaterMark = count;
      if (count !== 0 && !state.ended) {
        const left = state.length - wanted(state, count);
        if (state.length === 0 || left < state.highWaterMark) ask(this);
      } else if (count === 0 && state.length < state.highWaterMark) ask(this);
      if (count === 0) {
        if (state.length === 0 && state.ended) end(this);
        else if (state.hasListeners && state.length > 0) tellReadable(this);
        return null;
      }
      const size = wanted(state, count);
      const chunk = size > 0 && (state.length > 0 || !state.objectMode) && state.length >= size ? take(state, size) : null;
      if (state.length === 0 && state.ended) end(this);
      if (chunk !== null && !state.errored && !state.closed) this.emit('data', chunk);
      return chunk;
    }
    setEncoding(encoding) {
      const { StringDecoder } = require('string_decoder');
      const state = this._readableState;
      state.decoder = new StringDecoder(encoding);
      state.encoding = state.decoder.encoding;
      const texts = state.buffer.map((chunk) => (typeof chunk === 'string' ? chunk : state.decoder.write(chunk)));
      state.buffer = texts.filter((text) => text !== '');
      state.length = state.buffer.reduce((sum, text) => sum + text.length, 0);
      return this;
    }
    on(type, listener) {
      super.on(type, listener);
      const state = this._readableState;
      if (type === 'data') {
        state.hasListeners = this.listenerCount('readable') > 0;
        if (state.flowing !== false) this.resume();
      } else if (type === 'readable' && !state.endEmitted && !state.hasListeners) {
        state.hasListeners = true;
        state.flowing = false;
        if (state.length > 0 || state.ended) tellReadable(this);
        else if (!state.reading) process.nextTick(() => this.read(0));
      }
      return this;
    }
    addListener(type, listener) {
      return this.on(type, listener);
    }
    removeListener(type, listener) {
      super.removeListener(type, listener);
      if (type === 'readable') process.nextTick(listenersHaveGone, this);
      return this;
    }
    off(type, listener) {
      return this.removeListener(type, listener);
    }
    removeAllListeners(...types) {
      super.removeAllListeners(...types);
      if (types.length === 0 || types[0] === 'readable') process.nextTick(listenersHaveGone, this);
      return this;
    }
    resume() {
      const state = this._readableState;
      state.isPaused = false;
      if (!state.flowing) {
        state.flowing = !state.hasListeners;
        process.nextTick(() => this.emit('resume'));
      }
      flowLater(this);
      return this;
    }
    pause() {
      const state = this._readableState;
      if (state.flowing !== false) {
        state.flowing = false;
        this.emit('pause');
      }
      state.isPaused = true;
      return this;
    }
    isPaused() {
      return this._readableState.isPaused === true || this._readableState.flowing === false;
    }
    pipe(target, options) {
      const state = this._readableState;
      const isStandard = target === process.stdout || target === process.stderr;
      const onDrain = () => this.resume();
      const onData = (chunk) => {
        if (target.write(chunk) !== false) return;
        this.pause();
        target.once('drain', onDrain);
      };
      const onEnd = () => target.end();
      const onError = (error) => {
        this.unpipe(target);
        if (target.listenerCount('error') === 0) fail(target, error);
      };
      const onClose = () => this.unpipe(target);
      state.pipes.push({ target, onData, onEnd, onError, onClose, onDrain });
      this.on('data', onData);
      if (options?.end !== false && !isStandard) {
        if (state.endEmitted) process.nextTick(onEnd);
        else this.once('end', onEnd);
      }
      target.on('error', onError);
      target.once('close', onClose);
      target.emit('pipe', this);
      if (state.flowing === null) this.resume();
      return target;
    }
    unpipe(target) {
      const state = this._readableState;
      for (const each of state.pipes.filter((pipe) => target === undefined || pipe.target === target)) {
        state.pipes.splice(state.pipes.indexOf(each), 1);
        this.removeListener('data', each.onData);
        this.removeListener('end', each.onEnd);
        each.target.removeListener('error', each.onError);
        each.target.removeListener('close', each.onClose);
        each.target.removeListener('drain', each.onDrain);
        each.target.emit('unpipe', this, { hasUnpiped: true });
        if (state.pipes.length === 0) this.pause();
      }
      return this;
    }
    async *[Symbol.asyncIterator]() {
      let wake = () => {};
      let failure;
      let isOver = false;
      const tell = () => wake();
      const stop = (error) => {
        failure ??= error;
        isOver = true;
        wake();
      };
      const close = () => {
        if (!this._readableState.endEmitted && !isOver) stop(coded(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close'));
      };
      const finish = () => stop(undefined);
      this.on('readable', tell).on('end', finish).on('error', stop).on('close', close);
      if (this._readableState.errored) stop(this._readableState.errored);
      else if (this._readableState.endEmitted) finish();
      else if (this.destroyed) close();
      try {
        while (true) {
          const chunk = this.destroyed ? null : this.read();
          if (chunk !== null) yield chunk;
          else if (failure !== undefined) throw failure;
          else if (isOver) return;
          else {
            await new Promise((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        this.removeListener('readable', tell).removeListener('end', finish).removeListener('error', stop).removeListener('close', close);
        this.destroy();
      }
    }
    async toArray() {
      const chunks = [];
      for await (const chunk of this) chunks.push(chunk);
      return chunks;
    }
    async forEach(visit) {
      for await (const chunk of this) await visit(chunk);
    }
    map(change) {
      const source = this;
      return Readable.from(
        (async function* () {
          for await (const chunk of source) yield change(chunk);
        })(),
      );
    }
    filter(test) {
      const source = this;
      return Readable.from(
        (async function* () {
          for await (const chunk of source) if (await test(chunk)) yield chunk;
        })(),
      );
    }
    // An old stream, which only emits, as one that can be read.
    wrap(old) {
      old.on('data', (chunk) => {
        if (!this.push(chunk) && typeof old.pause === 'function') old.pause();
      });
      old.on('end', () => this.push(null));
      old.on('error', (error) => fail(this, error));
      this._read = () => {
        if (typeof old.resume === 'function') old.resume();
      };
      return this;
    }
    static toWeb(stream) {
      const { ReadableStream } = require('stream/web');
      const iterator = stream[Symbol.asyncIterator]();
      return new ReadableStream(
        {
          async pull(controller) {
            const { value, done } = await iterator.next();
            if (done) controller.close();
            else controller.enqueue(value instanceof Uint8Array ? new Uint8Array(value.buffer, value.byteOffset, value.length) : value);
          },
          async cancel(reason) {
            stream.destroy(reason);
          },
        },
        { highWaterMark: 0 },
      );
    }
    static fromWeb(stream, options) {
      return Readable.from(stream.values(), { objectMode: false, ...options });
    }
    static from(iterable, options) {
      if (typeof iterable === 'string' || iterable instanceof Uint8Array) {
        const stream = new Readable({ objectMode: true, ...options, read() {} });
        stream.push(iterable);
        stream.push(null);
        return stream;
      }
      const iterator = iterable?.[Symbol.asyncIterator]?.() ?? iterable?.[Symbol.iterator]?.();
      if (iterator === undefined) throw invalidArgument('iterable', 'an instance of Iterable', iterable);
      return new Readable({
        objectMode: true,
        highWaterMark: 1,
        ...options,
        async read() {
          try {
            const { value, done } = await iterator.next();
            this.push(done ? null : await value);
          } catch (error) {
            this.destroy(error);
          }
        },
        async destroy(error, done) {
          try {
            if (!this._readableState.ended) await iterator.return?.();
            done(error);
          } catch (failure) {
            done(error ?? failure);
          }
        },
      });
    }
  },
);
hidden(Readable.prototype, 'destroy', destroy);

function getter(name, get, set) {
  Object.defineProperty(Readable.prototype, name, { get, set, configurable: true, enumerable: false });
}
const ignore = () => {};
getter('readable', function () {
  const state = this._readableState;
  return state !== undefined && state.isReadable !== false && !state.destroyed && !state.endEmitted && !state.errored;
}, function (value) {
  if (this._readableState !== undefined) this._readableState.isReadable = Boolean(value);
});
getter('destroyed', function () {
  return this._readableState?.destroyed ?? false;
}, ignore);
getter('closed', function () {
  return this._readableState.closed;
});
getter('errored', function () {
  return this._readableState.errored;
});
getter('readableEnded', function () {
  return this._readableState.endEmitted;
});
getter('readableFlowing', function () {
  return this._readableState.flowing;
}, function (value) {
  this._readableState.flowing = value;
});
getter('readableLength', function () {
  return this._readableState.length;
});
getter('readableObjectMode', function () {
  return this._readableState.objectMode;
});
getter('readableHighWaterMark', function () {
  return this._readableState.highWaterMark;
});
getter('readableEncoding', function () {
  return this._readableState.encoding;
});

module.exports = { Readable, beginReading };
