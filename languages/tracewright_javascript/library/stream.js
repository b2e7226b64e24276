'use strict';
// As much of streams as standard input and output, files and what is built on them need: no high water marks, no object pools.
const EventEmitter = require('events');

class Stream extends EventEmitter {
  pipe(target, options) {
    this.on('data', (chunk) => target.write(chunk));
    if (options?.end !== false) this.on('end', () => target.end());
    target.emit('pipe', this);
    return target;
  }
}

class Readable extends Stream {
  constructor(options = {}) {
    super();
    this.readable = true;
    this.destroyed = false;
    this.readableEnded = false;
    this.readableFlowing = null;
    hide(this, {
      chunks: [],
      hasEnded: false,
      isScheduled: false,
      decoder: null,
      isObjects: Boolean(options.objectMode),
    });
    if (options.read) this._read = options.read;
    if (options.destroy) this._destroy = options.destroy;
    if (options.encoding) this.setEncoding(options.encoding);
  }
  _read() {}
  setEncoding(encoding) {
    const { StringDecoder } = require('string_decoder');
    this.decoder = new StringDecoder(encoding);
    return this;
  }
  push(chunk, encoding) {
    if (chunk === null) {
      const rest = this.decoder === null ? '' : this.decoder.end();
      if (rest !== '') this.chunks.push(rest);
      this.hasEnded = true;
    } else {
      if (!this.isObjects && typeof chunk === 'string' && this.decoder === null)
        chunk = require('buffer').Buffer.from(chunk, encoding);
      this.chunks.push(this.decoder === null ? chunk : this.decoder.write(chunk));
    }
    if (this.readableFlowing) this.schedule();
    else if (this.listenerCount('readable') > 0) require('process').nextTick(() => this.emit('readable'));
    return this.readableFlowing === true;
  }
  on(type, listener) {
    super.on(type, listener);
    if (type === 'data' && this.readableFlowing !== false) this.resume();
    if (type === 'readable') {
      this.readableFlowing = false;
      require('process').nextTick(() => this._read());
    }
    return this;
  }
  addListener(type, listener) {
    return this.on(type, listener);
  }
  read() {
    const chunk = this.chunks.length > 0 ? this.chunks.shift() : null;
    if (this.chunks.length === 0) {
      if (this.hasEnded) this.finish();
      else require('process').nextTick(() => this._read());
    }
    return chunk;
  }
  resume() {
    this.readableFlowing = true;
    this.schedule();
    return this;
  }
  pause() {
    this.readableFlowing = false;
    return this;
  }
  isPaused() {
    return this.readableFlowing === false;
  }
  schedule() {
    if (this.isScheduled) return;
    this.isScheduled = true;
    require('process').nextTick(() => {
      this.isScheduled = false;
      this.flow();
    });
  }
  flow() {
    while (this.readableFlowing && this.chunks.length > 0) this.emit('data', this.chunks.shift());
    if (!this.readableFlowing || this.destroyed) return;
    if (this.hasEnded) this.finish();
    else this._read();
  }
  finish() {
    if (this.readableEnded) return;
    this.readableEnded = true;
    this.readable = false;
    this.emit('end');
    this.destroy();
  }
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    if (error) require('process').nextTick(() => this.emit('error', error));
    require('process').nextTick(() => this.emit('close'));
    return this;
  }
  [Symbol.asyncIterator]() {
    const waiting = [];
    const arrived = [];
    let failure;
    let isDone = false;
    const settle = () => {
      while (waiting.length > 0 && (arrived.length > 0 || failure !== undefined || isDone)) {
        const { resolve, reject } = waiting.shift();
        if (arrived.length > 0) resolve({ value: arrived.shift(), done: false });
        else if (failure !== undefined) reject(failure);
        else resolve({ value: undefined, done: true });
      }
    };
    this.on('data', (chunk) => {
      arrived.push(chunk);
      settle();
    });
    this.on('end', () => {
      isDone = true;
      settle();
    });
    this.on('error', (error) => {
      failure = error;
      settle();
    });
    return {
      next: () =>
        new Promise((resolve, reject) => {
          waiting.push({ resolve, reject });
          settle();
        }),
      return: () => {
        this.destroy();
        return Promise.resolve({ value: undefined, done: true });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
  static from(iterable) {
    const iterator = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]();
    return new Readable({
      objectMode: true,
      async read() {
        try {
          const { value, done } = await iterator.next();
          this.push(done ? null : await value);
        } catch (error) {
          this.destroy(error);
        }
      },
    });
  }
}

class Writable extends Stream {
  constructor(options = {}) {
    super();
    this.writable = true;
    this.destroyed = false;
    this.writableEnded = false;
    this.writableFinished = false;
    hide(this, {
      waiting: [],
      isWriting: false,
      decodesStrings: options.decodeStrings !== false && !options.objectMode,
    });
    if (options.write) this._write = options.write;
    if (options.final) this._final = options.final;
  }
  _write(chunk, encoding, done) {
    done();
  }
  _final(done) {
    done();
  }
  write(chunk, encoding, done) {
    if (typeof encoding === 'function') [encoding, done] = [undefined, encoding];
    if (this.writableEnded) {
      const { coded } = require('internal/errors');
      const error = coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
      require('process').nextTick(() => this.emit('error', error));
      return false;
    }
    if (typeof chunk === 'string' && this.decodesStrings) chunk = require('buffer').Buffer.from(chunk, encoding);
    this.waiting.push([chunk, encoding ?? 'utf8', done]);
    this.work();
    return this.waiting.length === 0;
  }
  work() {
    if (this.isWriting) return;
    if (this.waiting.length === 0) {
      if (this.writableEnded && !this.writableFinished) this.complete();
      return;
    }
    this.isWriting = true;
    const [chunk, encoding, done] = this.waiting.shift();
    this._write(chunk, encoding, (error) => {
      this.isWriting = false;
      if (error) {
        if (done) done(error);
        this.destroy(error);
        return;
      }
      if (done) require('process').nextTick(done, null);
      if (this.waiting.length === 0 && !this.writableEnded) require('process').nextTick(() => this.emit('drain'));
      this.work();
    });
  }
  complete() {
    this.writableFinished = true;
    this._final((error) => {
      if (error) {
        this.destroy(error);
        return;
      }
      require('process').nextTick(() => {
        this.emit('finish');
        this.destroy();
      });
    });
  }
  end(chunk, encoding, done) {
    if (typeof chunk === 'function') [chunk, done] = [undefined, chunk];
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    if (typeof done === 'function') this.once('finish', done);
    this.writableEnded = true;
    this.writable = false;
    this.work();
    return this;
  }
  cork() {}
  uncork() {}
  setDefaultEncoding() {
    return this;
  }
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    if (error) require('process').nextTick(() => this.emit('error', error));
    require('process').nextTick(() => this.emit('close'));
    return this;
  }
}

class Duplex extends Readable {
  constructor(options = {}) {
    super(options);
    this.writable = true;
    this.writableEnded = false;
    this.writableFinished = false;
    hide(this, {
      waiting: [],
      isWriting: false,
      decodesStrings: options.decodeStrings !== false && !options.objectMode,
    });
    if (options.write) this._write = options.write;
    if (options.final) this._final = options.final;
  }
}
for (const name of ['_write', '_final', 'write', 'work', 'complete', 'end', 'cork', 'uncork', 'setDefaultEncoding']) {
  Object.defineProperty(Duplex.prototype, name, {
    value: Writable.prototype[name],
    writable: true,
    configurable: true,
  });
}

class Transform extends Duplex {
  constructor(options = {}) {
    super(options);
    if (options.transform) this._transform = options.transform;
    if (options.flush) this._flush = options.flush;
  }
  _flush(done) {
    done();
  }
  _write(chunk, encoding, done) {
    this._transform(chunk, encoding, (error, result) => {
      if (result !== undefined && result !== null) this.push(result);
      done(error);
    });
  }
  _final(done) {
    this._flush((error, result) => {
      if (result !== undefined && result !== null) this.push(result);
      this.push(null);
      done(error);
    });
  }
  destroy(error) {
    if (error || (this.readableEnded && this.writableFinished)) return super.destroy(error);
    return this;
  }
}

class PassThrough extends Transform {
  _transform(chunk, encoding, done) {
    done(null, chunk);
  }
}

function hide(thing, values) {
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(thing, name, { value, writable: true, enumerable: false });
}

function finished(stream, callback) {
  let isTold = false;
  const tell = (error) => {
    if (isTold) return;
    isTold = true;
    callback(error);
  };
  stream.on('end', () => tell());
  stream.on('finish', () => tell());
  stream.on('error', tell);
}

function pipeline(...streams) {
  const callback = typeof streams[streams.length - 1] === 'function' ? streams.pop() : () => {};
  for (const each of streams) each.on('error', callback);
  streams[streams.length - 1].on('finish', () => callback());
  return streams.reduce((from, to) => from.pipe(to));
}

module.exports = Object.assign(Stream, {
  Stream,
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  finished,
  pipeline,
});
Stream.promises = {
  finished: (stream) =>
    new Promise((resolve, reject) => finished(stream, (error) => (error ? reject(error) : resolve()))),
  pipeline: (...streams) =>
    new Promise((resolve, reject) => pipeline(...streams, (error) => (error ? reject(error) : resolve()))),
};
