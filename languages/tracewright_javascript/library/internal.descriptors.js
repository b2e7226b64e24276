'use strict';
// Streams over descriptors that never wait: pipes to other programs, and the two halves of sockets.
const { systemError } = require('internal/errors');
const { binary, fromBinary } = require('internal/bytes');
const { Readable, Writable } = require('stream');

const AGAIN = -11;
const BROKEN_PIPE = -32;
const [TO_READ, TO_WRITE] = [1, 2];

// What waits for a descriptor. `isNeeded` says whether the program goes on for it.
class Waiting {
  constructor(descriptor, interest, call) {
    this.descriptor = descriptor;
    this.interest = interest;
    this.call = call;
    this.number = 0;
    this.isNeeded = true;
  }
  start() {
    if (this.number !== 0) return;
    this.number = host.watch(this.descriptor, this.interest, this.call);
    if (!this.isNeeded) host.waitFor(this.number, false);
  }
  stop() {
    if (this.number !== 0) host.unwatch(this.number);
    this.number = 0;
  }
  need(yes) {
    this.isNeeded = yes;
    if (this.number !== 0) host.waitFor(this.number, yes);
  }
}

// Hands what comes out of a descriptor to a stream that asks for it.
class Source {
  constructor(stream, descriptor) {
    this.stream = stream;
    this.descriptor = descriptor;
    this.waiting = new Waiting(descriptor, TO_READ, () => this.receive());
    this.bytesRead = 0;
  }
  receive() {
    const data = host.readSome(this.descriptor);
    if (data === AGAIN) return;
    if (typeof data === 'number') {
      this.waiting.stop();
      this.stream.destroy(systemErrorWithoutPath(data, 'read'));
    } else if (data === '') {
      this.waiting.stop();
      this.stream.push(null);
    } else {
      this.bytesRead += data.length;
      if (!this.stream.push(fromBinary(data))) this.waiting.stop();
    }
  }
}

// Puts bytes into a descriptor, as many as it takes.
class Drain {
  constructor(descriptor) {
    this.descriptor = descriptor;
    this.waiting = new Waiting(descriptor, TO_WRITE, () => this.send());
    this.rest = '';
    this.done = null;
    this.bytesWritten = 0;
  }
  write(chunk, encoding, done) {
    this.rest = typeof chunk === 'string' ? fromText(chunk, encoding) : binary(chunk);
    this.done = done;
    this.send();
  }
  send() {
    const taken = this.rest === '' ? 0 : host.writeSome(this.descriptor, this.rest);
    if (taken >= 0) {
      this.rest = this.rest.slice(taken);
      this.bytesWritten += taken;
    }
    if (taken === AGAIN || (taken >= 0 && this.rest !== '')) {
      this.waiting.start();
      return;
    }
    this.waiting.stop();
    const { done } = this;
    this.done = null;
    this.rest = '';
    done(taken < 0 ? systemErrorWithoutPath(taken, 'write') : null);
  }
}

function fromText(text, encoding) {
  return require('buffer').Buffer.from(text, encoding).toString('latin1');
}

function systemErrorWithoutPath(number, syscall) {
  const error = systemError(number, syscall);
  error.message = `${syscall} ${error.code}`;
  return error;
}

class ReadingEnd extends Readable {
  constructor(descriptor) {
    super();
    this.fd = descriptor;
    this.source = new Source(this, descriptor);
  }
  _read() {
    this.source.waiting.start();
  }
  _destroy(error, callback) {
    this.source.waiting.stop();
    if (this.fd >= 0) host.close(this.fd);
    this.fd = -1;
    callback(error);
  }
  ref() {
    this.source.waiting.need(true);
    return this;
  }
  unref() {
    this.source.waiting.need(false);
    return this;
  }
}

class WritingEnd extends Writable {
  constructor(descriptor) {
    super({ decodeStrings: true });
    this.fd = descriptor;
    this.drain = new Drain(descriptor);
  }
  _write(chunk, encoding, done) {
    this.drain.write(chunk, encoding, done);
  }
  _final(callback) {
    this.shut();
    callback();
  }
  _destroy(error, callback) {
    this.drain.waiting.stop();
    this.shut();
    callback(error);
  }
  shut() {
    if (this.fd >= 0) host.close(this.fd);
    this.fd = -1;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
}

module.exports = { AGAIN, BROKEN_PIPE, TO_READ, TO_WRITE, Waiting, Source, Drain, ReadingEnd, WritingEnd, systemErrorWithoutPath };
