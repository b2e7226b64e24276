'use strict';
// Streams with both sides, and those whose one side comes of the other.
const { coded } = require('internal/errors');
const { Stream, destroy, hidden, inherit, takeMethods } = require('internal/streams/common');
const { Readable, beginReading } = require('internal/streams/readable');
const { Writable, beginWriting } = require('internal/streams/writable');

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  const given = options ?? {};
  Stream.call(this, options);
  beginReading(this, given);
  beginWriting(this, given);
  this.allowHalfOpen = given.allowHalfOpen !== false;
  if (given.readable === false) Object.assign(this._readableState, { isReadable: false, ended: true, endEmitted: true });
  if (given.writable === false) Object.assign(this._writableState, { isWritable: false, ending: true, finished: true });
}
inherit(Duplex, class extends Readable {});
for (const name of Object.getOwnPropertyNames(Writable.prototype)) {
  if (name in Duplex.prototype && !['write', 'end', 'destroy'].includes(name)) continue;
  Object.defineProperty(Duplex.prototype, name, Object.getOwnPropertyDescriptor(Writable.prototype, name));
}
hidden(Duplex.prototype, 'destroy', destroy);

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  Duplex.call(this, options);
  hidden(this, '_transformState', { resume: null });
  this._readableState.isSync = false; // what comes of a write may be handed on at once
  takeMethods(this, options ?? {}, ['transform', 'flush']);
}
inherit(
  Transform,
  class extends Duplex {
    _transform() {
      throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented');
    }
    _write(chunk, encoding, done) {
      this._transform(chunk, encoding, (error, result) => {
        if (error) {
          done(error);
          return;
        }
        if (result !== undefined && result !== null) this.push(result);
        // Where nobody reads, nothing more is written either.
        const state = this._readableState;
        if (state.ended || state.length < state.highWaterMark || state.length === 0) done();
        else this._transformState.resume = done;
      });
    }
    _final(done) {
      if (typeof this._flush !== 'function') {
        this.push(null);
        done();
        return;
      }
      this._flush((error, result) => {
        if (error) {
          done(error);
          return;
        }
        if (result !== undefined && result !== null) this.push(result);
        this.push(null);
        done();
      });
    }
    _read() {
      const { resume } = this._transformState;
      this._transformState.resume = null;
      this._readableState.reading = false;
      if (resume !== null) resume();
    }
  },
);

function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
inherit(
  PassThrough,
  class extends Transform {
    _transform(chunk, encoding, done) {
      done(null, chunk);
    }
  },
);

module.exports = { Duplex, Transform, PassThrough };
