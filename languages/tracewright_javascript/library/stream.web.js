'use strict';
// The streams of the web (WHATWG): readable, writable, transforming, and strategies for their queues.
const { coded, invalidArgument } = require('internal/errors');

const nothing = () => undefined;
const promised = (work) => {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error);
  }
};
// A promise whose rejection nobody need handle.
const quiet = (promise) => {
  promise.catch(nothing);
  return promise;
};
const invalidState = (message) => coded(TypeError, 'ERR_INVALID_STATE', `Invalid state: ${message}`);
const INTERNAL = Symbol('internal'); // in place of arguments that programs cannot give

function markOf(strategy, otherwise) {
  const mark = strategy?.highWaterMark === undefined ? otherwise : Number(strategy.highWaterMark);
  if (Number.isNaN(mark) || mark < 0) throw coded(RangeError, 'ERR_INVALID_ARG_VALUE', `The property 'strategy.highWaterMark' is invalid. Received ${host.inspect(strategy.highWaterMark, {})}`);
  return mark;
}

// What waits in a stream, with the sizes that its strategy gives it.
class Queue {
  constructor(strategy, mark) {
    this.mark = markOf(strategy, mark);
    this.measure = strategy?.size ?? (() => 1);
    this.entries = [];
    this.total = 0;
  }
  put(value, measured = value) {
    const { measure } = this;
    const size = Number(measure(measured));
    if (!(size >= 0 && size < Infinity)) throw coded(RangeError, 'ERR_INVALID_ARG_VALUE', `The argument 'size' is invalid. Received ${host.inspect(size, {})}`);
    this.entries.push({ value, size });
    this.total += size;
  }
  take() {
    const { value, size } = this.entries.shift();
    this.total = Math.max(this.total - size, 0);
    return value;
  }
  clear() {
    this.entries = [];
    this.total = 0;
  }
  get room() {
    return this.mark - this.total;
  }
}

class CountQueuingStrategy {
  constructor({ highWaterMark }) {
    this.highWaterMark = highWaterMark;
  }
  size() {
    return 1;
  }
}

class ByteLengthQueuingStrategy {
  constructor({ highWaterMark }) {
    this.highWaterMark = highWaterMark;
  }
  size(chunk) {
    return chunk.byteLength;
  }
}

// Readable streams

class ReadableStreamDefaultController {
  #stream;
  #queue;
  #source;
  #isStarted = false;
  #isPulling = false;
  #pullsAgain = false;
  #closes = false;
  constructor(key, stream, source, strategy, mark) {
    if (key !== INTERNAL) throw coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    this.#stream = stream;
    this.#source = source;
    this.#queue = new Queue(strategy, mark);
  }
  _start() {
    const started = this.#source.start?.(this);
    Promise.resolve(started).then(
      () => {
        this.#isStarted = true;
        this._pull();
      },
      (error) => this.error(error),
    );
  }
  get desiredSize() {
    const { state } = this.#stream._inner;
    return state === 'errored' ? null : state === 'closed' ? 0 : this.#queue.room;
  }
  get byobRequest() {
    return null;
  }
  enqueue(chunk) {
    const inner = this.#stream._inner;
    if (this.#closes || inner.state !== 'readable') throw invalidState('Controller is already closed');
    if (this.#source.type === 'bytes' && !ArrayBuffer.isView(chunk)) throw invalidArgument('buffer', 'an instance of Buffer, TypedArray, or DataView', chunk);
    if (inner.requests.length > 0) {
      inner.requests.shift().chunk(chunk);
    } else {
      try {
        this.#queue.put(chunk);
      } catch (error) {
        this.error(error);
        throw error;
      }
    }
    this._pull();
  }
  close() {
    if (this.#closes || this.#stream._inner.state !== 'readable') throw invalidState('Controller is already closed');
    this.#closes = true;
    if (this.#queue.entries.length === 0) this.#stream._close();
  }
  error(reason) {
    if (this.#stream._inner.state !== 'readable') return;
    this.#queue.clear();
    this.#stream._fail(reason);
  }
  _cancel(reason) {
    this.#queue.clear();
    return promised(() => this.#source.cancel?.(reason));
  }
  _next(request) {
    if (this.#queue.entries.length > 0) {
      const chunk = this.#queue.take();
      if (this.#closes && this.#queue.entries.length === 0) this.#stream._close();
      else this._pull();
      request.chunk(chunk);
    } else {
      this.#stream._inner.requests.push(request);
      this._pull();
    }
  }
  _pull() {
    const inner = this.#stream._inner;
    if (!this.#isStarted || this.#closes || inner.state !== 'readable') return;
    if (!(inner.requests.length > 0 || this.#queue.room > 0)) return;
    if (this.#isPulling) {
      this.#pullsAgain = true;
      return;
    }
    this.#isPulling = true;
    promised(() => this.#source.pull?.(this)).then(
      () => {
        this.#isPulling = false;
        if (this.#pullsAgain) {
          this.#pullsAgain = false;
          this._pull();
        }
      },
      (error) => this.error(error),
    );
  }
}

class ReadableStreamDefaultReader {
  #stream;
  #closed = Promise.withResolvers();
  constructor(stream) {
    if (!(stream instanceof ReadableStream)) throw invalidArgument('stream', 'an instance of ReadableStream', stream);
    if (stream.locked) throw invalidState('ReadableStream is locked');
    this.#stream = stream;
    stream._inner.reader = this;
    quiet(this.#closed.promise);
    const { state, reason } = stream._inner;
    if (state === 'closed') this.#closed.resolve();
    else if (state === 'errored') this.#closed.reject(reason);
  }
  get closed() {
    return this.#closed.promise;
  }
  read() {
    if (this.#stream === undefined) return Promise.reject(invalidState('The reader is not attached to a stream'));
    const { promise, resolve, reject } = Promise.withResolvers();
    this.#stream._read({
      chunk: (value) => resolve({ value, done: false }),
      close: () => resolve({ value: undefined, done: true }),
      fail: reject,
    });
    return promise;
  }
  cancel(reason) {
    if (this.#stream === undefined) return Promise.reject(invalidState('The reader is not attached to a stream'));
    return this.#stream._cancel(reason);
  }
  releaseLock() {
    if (this.#stream === undefined) return;
    const inner = this.#stream._inner;
    inner.reader = null;
    const error = invalidState('Reader released');
    for (const request of inner.requests.splice(0)) request.fail(error);
    if (inner.state === 'readable') this.#closed.reject(error);
    else this.#closed = { promise: quiet(Promise.reject(error)), resolve: nothing, reject: nothing };
    this.#stream = undefined;
  }
  _settle(isFailed, reason) {
    if (isFailed) this.#closed.reject(reason);
    else this.#closed.resolve();
  }
}

class ReadableStream {
  constructor(source = {}, strategy = {}) {
    if (source === null) throw invalidArgument('source', 'of type object', source);
    const inner = { state: 'readable', reason: undefined, reader: null, requests: [], controller: null };
    Object.defineProperty(this, '_inner', { value: inner });
    inner.controller = new ReadableStreamDefaultController(INTERNAL, this, source, strategy, source.type === 'bytes' ? 0 : 1);
    inner.controller._start();
  }
  static from(iterable) {
    const method = iterable?.[Symbol.asyncIterator] ?? iterable?.[Symbol.iterator];
    if (typeof method !== 'function') throw coded(TypeError, 'ERR_ARG_NOT_ITERABLE', `${host.inspect(iterable, {})} must be iterable`);
    const iterator = method.call(iterable);
    return new ReadableStream(
      {
        async pull(controller) {
          const { value, done } = await iterator.next();
          if (done) controller.close();
          else controller.enqueue(await value);
        },
        async cancel(reason) {
          await iterator.return?.(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }
  get locked() {
    return this._inner.reader !== null;
  }
  getReader() {
    return new ReadableStreamDefaultReader(this);
  }
  cancel(reason) {
    return this.locked ? Promise.reject(invalidState('ReadableStream is locked')) : this._cancel(reason);
  }
  _read(request) {
    const { state, reason, controller } = this._inner;
    if (state === 'closed') request.close();
    else if (state === 'errored') request.fail(reason);
    else controller._next(request);
  }
  _close() {
    const inner = this._inner;
    inner.state = 'closed';
    for (const request of inner.requests.splice(0)) request.close();
    inner.reader?._settle(false);
  }
  _fail(reason) {
    const inner = this._inner;
    inner.state = 'errored';
    inner.reason = reason;
    for (const request of inner.requests.splice(0)) request.fail(reason);
    inner.reader?._settle(true, reason);
  }
  _cancel(reason) {
    const inner = this._inner;
    if (inner.state === 'closed') return Promise.resolve();
    if (inner.state === 'errored') return Promise.reject(inner.reason);
    this._close();
    return inner.controller._cancel(reason).then(nothing);
  }
  tee() {
    const reader = this.getReader();
    const branches = [];
    const cancelled = [undefined, undefined];
    const reasons = [];
    const { promise, resolve } = Promise.withResolvers();
    let isReading = false;
    const pull = () => {
      if (isReading) return;
      isReading = true;
      reader.read().then(
        ({ value, done }) => {
          isReading = false;
          branches.forEach((branch, index) => {
            if (cancelled[index]) return;
            if (done) branch.close();
            else branch.enqueue(value);
          });
        },
        (error) => branches.forEach((branch) => branch.error(error)),
      );
    };
    return [0, 1].map(
      (index) =>
        new ReadableStream({
          start(controller) {
            branches[index] = controller;
          },
          pull,
          cancel(reason) {
            cancelled[index] = true;
            reasons[index] = reason;
            if (cancelled[1 - index]) resolve(reader.cancel(reasons));
            return promise;
          },
        }, { highWaterMark: index }),
    );
  }
  async pipeTo(target, { preventClose = false, preventAbort = false, preventCancel = false, signal } = {}) {
    if (!(target instanceof WritableStream)) throw invalidArgument('transform.writable', 'an instance of WritableStream', target);
    if (this.locked) throw invalidState('The ReadableStream is locked');
    if (target.locked) throw invalidState('The WritableStream is locked');
    const reader = this.getReader();
    const writer = target.getWriter();
    const stopped = signal
      ? new Promise((_, reject) => {
          const stop = () => reject(signal.reason);
          if (signal.aborted) stop();
          else signal.addEventListener('abort', stop, { once: true });
        })
      : new Promise(nothing);
    quiet(stopped);
    const failed = writer.closed.then(() => new Promise(nothing));
    quiet(failed);
    let part = 'read';
    try {
      while (true) {
        part = 'write';
        await Promise.race([writer.ready, stopped, failed]);
        part = 'read';
        const { value, done } = await Promise.race([reader.read(), stopped, failed.catch((error) => { part = 'write'; throw error; })]);
        if (done) break;
        part = 'write';
        quiet(writer.write(value));
      }
      part = 'write';
      if (!preventClose) await writer.close();
      else await writer.ready;
    } catch (error) {
      if (signal?.aborted && error === signal.reason) {
        if (!preventAbort) await quiet(writer.abort(error)).catch(nothing);
        if (!preventCancel) await quiet(reader.cancel(error)).catch(nothing);
      } else if (part === 'write') {
        if (!preventCancel) await reader.cancel(error).catch(nothing);
      } else if (!preventAbort) {
        await writer.abort(error).catch(nothing);
      }
      throw error;
    } finally {
      reader.releaseLock();
      writer.releaseLock();
    }
  }
  pipeThrough(transform, options) {
    quiet(this.pipeTo(transform.writable, options));
    return transform.readable;
  }
  async *values({ preventCancel = false } = {}) {
    const reader = this.getReader();
    let isOver = false;
    try {
      while (true) {
        const { value, done } = await reader.read().catch((error) => {
          isOver = true;
          throw error;
        });
        if (done) {
          isOver = true;
          return;
        }
        yield value;
      }
    } finally {
      if (!isOver && !preventCancel) await reader.cancel();
      reader.releaseLock();
    }
  }
  [Symbol.asyncIterator](options) {
    return this.values(options);
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    return depth < 0 ? 'ReadableStream' : `ReadableStream { locked: ${this.locked}, state: '${this._inner.state}', supportsBYOB: false }`;
  }
}

// Writable streams

class WritableStreamDefaultController {
  #abort = new AbortController();
  constructor(key, stream) {
    if (key !== INTERNAL) throw coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    Object.defineProperty(this, '_stream', { value: stream });
  }
  get signal() {
    return this.#abort.signal;
  }
  error(reason) {
    if (this._stream._inner.state === 'writable') this._stream._fail(reason);
  }
  _stop(reason) {
    this.#abort.abort(reason);
  }
}

class WritableStreamDefaultWriter {
  #stream;
  constructor(stream) {
    if (!(stream instanceof WritableStream)) throw invalidArgument('stream', 'an instance of WritableStream', stream);
    if (stream.locked) throw invalidState('WritableStream is locked');
    this.#stream = stream;
    stream._inner.writer = this;
  }
  get closed() {
    return this.#stream === undefined ? quiet(Promise.reject(invalidState('Writer is not bound to a WritableStream'))) : this.#stream._inner.closed.promise;
  }
  get ready() {
    return this.#stream === undefined ? quiet(Promise.reject(invalidState('Writer is not bound to a WritableStream'))) : this.#stream._inner.ready.promise;
  }
  get desiredSize() {
    if (this.#stream === undefined) throw invalidState('Writer is not bound to a WritableStream');
    const { state, queue } = this.#stream._inner;
    return state === 'errored' || state === 'erroring' ? null : state === 'closed' ? 0 : queue.room;
  }
  write(chunk) {
    if (this.#stream === undefined) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    return this.#stream._write(chunk);
  }
  close() {
    if (this.#stream === undefined) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    return this.#stream._end();
  }
  abort(reason) {
    if (this.#stream === undefined) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    return this.#stream._abort(reason);
  }
  releaseLock() {
    if (this.#stream === undefined) return;
    this.#stream._inner.writer = null;
    this.#stream = undefined;
  }
}

class WritableStream {
  constructor(sink = {}, strategy = {}) {
    const inner = {
      state: 'writable', // then 'closed', or 'errored'
      reason: undefined,
      writer: null,
      queue: new Queue(strategy, 1),
      sink,
      isBusy: true, // until it has started; then while the sink does something
      ending: null, // once `close` was asked for
      ready: Promise.withResolvers(),
      closed: Promise.withResolvers(),
      controller: new WritableStreamDefaultController(INTERNAL, this),
    };
    Object.defineProperty(this, '_inner', { value: inner });
    quiet(inner.closed.promise);
    quiet(inner.ready.promise);
    if (inner.queue.room > 0) inner.ready.resolve();
    Promise.resolve(sink.start?.(inner.controller)).then(
      () => {
        inner.isBusy = false;
        this._advance();
      },
      (error) => {
        inner.isBusy = false;
        this._fail(error);
      },
    );
  }
  get locked() {
    return this._inner.writer !== null;
  }
  getWriter() {
    return new WritableStreamDefaultWriter(this);
  }
  abort(reason) {
    return this.locked ? Promise.reject(invalidState('WritableStream is locked')) : this._abort(reason);
  }
  close() {
    if (this.locked) return Promise.reject(invalidState('WritableStream is locked'));
    return this._end();
  }
  _write(chunk) {
    const inner = this._inner;
    if (inner.state === 'errored') return Promise.reject(inner.reason);
    if (inner.state === 'closed' || inner.ending !== null) return Promise.reject(invalidState('WritableStream is closed'));
    const entry = Promise.withResolvers();
    try {
      inner.queue.put({ chunk, entry }, chunk);
    } catch (error) {
      this._fail(error);
      return Promise.reject(error);
    }
    if (inner.queue.room <= 0 && inner.queue.total > 0) this._wait();
    this._advance();
    return entry.promise;
  }
  // Nobody should write more until there is room again.
  _wait() {
    const inner = this._inner;
    if (inner.isWaited) return;
    inner.isWaited = true;
    inner.ready = Promise.withResolvers();
    quiet(inner.ready.promise);
  }
  _advance() {
    const inner = this._inner;
    if (inner.isBusy || inner.state !== 'writable') return;
    const [first] = inner.queue.entries;
    if (first === undefined) {
      if (inner.ending !== null) this._finish();
      return;
    }
    inner.isBusy = true;
    const { chunk, entry } = first.value;
    promised(() => inner.sink.write?.(chunk, inner.controller)).then(
      () => {
        inner.isBusy = false;
        if (inner.state === 'writable') inner.queue.take();
        entry.resolve();
        if (inner.isWaited && inner.queue.room > 0 && inner.state === 'writable') {
          inner.isWaited = false;
          inner.ready.resolve();
        }
        this._advance();
      },
      (error) => {
        inner.isBusy = false;
        entry.reject(error);
        this._fail(error);
      },
    );
  }
  _end() {
    const inner = this._inner;
    if (inner.state === 'errored') return Promise.reject(inner.reason);
    if (inner.state === 'closed' || inner.ending !== null) return Promise.reject(invalidState('WritableStream is closed'));
    inner.ending = Promise.withResolvers();
    if (inner.isWaited) {
      inner.isWaited = false;
      inner.ready.resolve();
    }
    this._advance();
    return inner.ending.promise;
  }
  _finish() {
    const inner = this._inner;
    inner.isBusy = true;
    promised(() => inner.sink.close?.()).then(
      () => {
        inner.isBusy = false;
        inner.state = 'closed';
        inner.ending.resolve();
        inner.closed.resolve();
      },
      (error) => {
        inner.isBusy = false;
        this._fail(error);
      },
    );
  }
  _fail(reason) {
    const inner = this._inner;
    if (inner.state !== 'writable') return;
    inner.state = 'errored';
    inner.reason = reason;
    for (const { value } of inner.queue.entries) value.entry.reject(reason);
    inner.queue.clear();
    if (inner.ending !== null) quiet(inner.ending.promise) && inner.ending.reject(reason);
    if (!inner.isWaited) inner.ready = Promise.withResolvers();
    quiet(inner.ready.promise);
    inner.ready.reject(reason);
    inner.closed.reject(reason);
  }
  _abort(reason) {
    const inner = this._inner;
    if (inner.state !== 'writable') return Promise.resolve();
    inner.controller._stop(reason);
    this._fail(reason);
    return promised(() => inner.sink.abort?.(reason)).then(nothing);
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth) {
    return depth < 0 ? 'WritableStream' : `WritableStream { locked: ${this.locked}, state: '${this._inner.state}' }`;
  }
}

// Streams that transform

class TransformStreamDefaultController {
  constructor(key, parts) {
    if (key !== INTERNAL) throw coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    Object.defineProperty(this, '_parts', { value: parts });
  }
  get desiredSize() {
    return this._parts.readable.desiredSize;
  }
  enqueue(chunk) {
    this._parts.readable.enqueue(chunk);
  }
  error(reason) {
    this._parts.readable.error(reason);
    this._parts.writable?._fail(reason);
  }
  terminate() {
    this._parts.readable.close();
    this._parts.writable._fail(invalidState('TransformStream has been terminated'));
  }
}

class TransformStream {
  constructor(transformer = {}, writableStrategy = {}, readableStrategy = { highWaterMark: 0 }) {
    const parts = { readable: null, writable: null };
    const controller = new TransformStreamDefaultController(INTERNAL, parts);
    let room = Promise.withResolvers();
    this.readable = new ReadableStream(
      {
        start(readable) {
          parts.readable = readable;
        },
        pull() {
          room.resolve();
          room = Promise.withResolvers();
          return undefined;
        },
        cancel: async (reason) => {
          parts.writable._fail(reason);
          await transformer.cancel?.(reason);
        },
      },
      readableStrategy,
    );
    const started = promised(() => transformer.start?.(controller));
    this.writable = parts.writable = new WritableStream(
      {
        start: () => started,
        async write(chunk) {
          while (parts.readable.desiredSize <= 0 && controller._parts.writable._inner.state === 'writable' && !isAsked(parts)) await room.promise;
          try {
            if (transformer.transform) await transformer.transform(chunk, controller);
            else controller.enqueue(chunk);
          } catch (error) {
            parts.readable.error(error);
            throw error;
          }
        },
        async close() {
          try {
            await transformer.flush?.(controller);
          } catch (error) {
            parts.readable.error(error);
            throw error;
          }
          if (parts.stream._inner.state === 'readable') parts.readable.close();
        },
        async abort(reason) {
          parts.readable.error(reason);
          await transformer.cancel?.(reason);
        },
      },
      writableStrategy,
    );
    parts.stream = this.readable;
  }
}
// Whether somebody waits for a chunk.
const isAsked = (parts) => parts.stream._inner.requests.length > 0;

class TextEncoderStream extends TransformStream {
  constructor() {
    let high = '';
    super({
      transform(chunk, controller) {
        let text = high + chunk;
        high = /[\ud800-\udbff]$/.test(text) ? text.at(-1) : '';
        text = text.slice(0, text.length - high.length);
        if (text !== '') controller.enqueue(new TextEncoder().encode(text));
      },
      flush(controller) {
        if (high !== '') controller.enqueue(new TextEncoder().encode(high));
      },
    });
  }
  get encoding() {
    return 'utf-8';
  }
}

class TextDecoderStream extends TransformStream {
  constructor(encoding = 'utf-8', options = {}) {
    const decoder = new TextDecoder(encoding, options);
    super({
      transform(chunk, controller) {
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
    Object.defineProperty(this, 'encoding', { get: () => decoder.encoding });
  }
}

const FORMATS = { gzip: ['createGzip', 'createGunzip'], deflate: ['createDeflate', 'createInflate'], 'deflate-raw': ['createDeflateRaw', 'createInflateRaw'] };
function compressor(format, index) {
  const names = FORMATS[format];
  if (names === undefined) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'format' is invalid. Received ${host.inspect(format, {})}`);
  const engine = require('zlib')[names[index]]();
  let fail;
  return {
    start(controller) {
      engine.on('data', (data) => controller.enqueue(new Uint8Array(data)));
      engine.on('error', (error) => {
        controller.error(error);
        fail?.(error);
      });
    },
    transform: (chunk) =>
      new Promise((resolve, reject) => {
        fail = reject;
        engine.write(ArrayBuffer.isView(chunk) ? chunk : new Uint8Array(chunk), resolve);
      }),
    flush: () =>
      new Promise((resolve, reject) => {
        fail = reject;
        engine.once('end', resolve).end();
      }),
  };
}
class CompressionStream extends TransformStream {
  constructor(format) {
    super(compressor(format, 0));
  }
}
class DecompressionStream extends TransformStream {
  constructor(format) {
    super(compressor(format, 1));
  }
}

for (const Class of [ReadableStream, WritableStream, TransformStream, TextEncoderStream, TextDecoderStream, CompressionStream, DecompressionStream]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

module.exports = {
  ReadableStream,
  ReadableStreamDefaultReader,
  ReadableStreamDefaultController,
  WritableStream,
  WritableStreamDefaultWriter,
  WritableStreamDefaultController,
  TransformStream,
  TransformStreamDefaultController,
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  TextEncoderStream,
  TextDecoderStream,
  CompressionStream,
  DecompressionStream,
};
require('internal/absent').addMissing(module.exports, 'stream/web', ['ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest', 'ReadableByteStreamController']);
