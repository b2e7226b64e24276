'use strict';
const EventEmitter = require('events');

class Interface extends EventEmitter {
  constructor(input, output, completer, terminal) {
    super();
    const options =
      input !== null && typeof input === 'object' && input.input !== undefined
        ? input
        : { input, output, completer, terminal };
    this.input = options.input;
    this.output = options.output;
    this.terminal = false;
    this.line = '';
    this.closed = false;
    this.rest = '';
    this.shown = options.prompt ?? '> ';
    this.asked = null; // who has asked a question and waits for the next line
    const { StringDecoder } = require('string_decoder');
    const decoder = new StringDecoder('utf8');
    this.onData = (chunk) => this.take(decoder.write(chunk));
    this.onEnd = () => {
      this.take(decoder.end());
      if (this.rest !== '') this.tell(this.rest);
      this.rest = '';
      this.close();
    };
    this.input.on('data', this.onData);
    this.input.on('end', this.onEnd);
    this.input.resume?.();
  }
  take(text) {
    const lines = (this.rest + text).split(/\r\n|\n|\r/);
    this.rest = lines.pop();
    for (const line of lines) {
      if (this.closed) return;
      this.tell(line);
    }
  }
  tell(line) {
    if (this.asked !== null) {
      const answer = this.asked;
      this.asked = null;
      answer(line);
    } else this.emit('line', line);
  }
  getPrompt() {
    return this.shown;
  }
  setPrompt(text) {
    this.shown = String(text);
  }
  prompt() {
    this.output?.write(this.shown);
  }
  question(text, options, callback) {
    if (typeof options === 'function') callback = options;
    this.output?.write(text);
    this.asked = callback;
  }
  write(text) {
    if (text !== undefined && text !== null) this.take(String(text));
  }
  pause() {
    this.input.pause?.();
    this.emit('pause');
    return this;
  }
  resume() {
    this.input.resume?.();
    this.emit('resume');
    return this;
  }
  close() {
    if (this.closed) return;
    this.closed = true;
    this.input.off('data', this.onData);
    this.input.off('end', this.onEnd);
    this.input.pause?.();
    this.emit('close');
  }
  [Symbol.asyncIterator]() {
    const lines = [];
    const waiting = [];
    this.on('line', (line) => {
      if (waiting.length > 0) waiting.shift()({ value: line, done: false });
      else lines.push(line);
    });
    this.on('close', () => {
      for (const each of waiting.splice(0)) each({ value: undefined, done: true });
    });
    return {
      next: () => {
        if (lines.length > 0) return Promise.resolve({ value: lines.shift(), done: false });
        if (this.closed) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve) => waiting.push(resolve));
      },
      return: () => {
        this.close();
        return Promise.resolve({ value: undefined, done: true });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

const createInterface = (...args) => new Interface(...args);

function write(stream, text, callback) {
  stream.write(text);
  if (typeof callback === 'function') require('process').nextTick(callback);
  return true;
}
const cursorTo = (stream, column, row, callback) =>
  write(
    stream,
    typeof row === 'number' ? `\x1b[${row + 1};${column + 1}H` : `\x1b[${column + 1}G`,
    typeof row === 'function' ? row : callback,
  );
const moveCursor = (stream, right, down, callback) => {
  let text = right < 0 ? `\x1b[${-right}D` : right > 0 ? `\x1b[${right}C` : '';
  text += down < 0 ? `\x1b[${-down}A` : down > 0 ? `\x1b[${down}B` : '';
  return write(stream, text, callback);
};
const clearLine = (stream, side, callback) =>
  write(stream, side < 0 ? '\x1b[1K' : side > 0 ? '\x1b[0K' : '\x1b[2K', callback);
const clearScreenDown = (stream, callback) => write(stream, '\x1b[0J', callback);

class PromisingInterface extends Interface {
  question(text) {
    return new Promise((resolve) => super.question(text, resolve));
  }
}
const promises = { Interface: PromisingInterface, createInterface: (...args) => new PromisingInterface(...args) };

module.exports = {
  Interface,
  createInterface,
  cursorTo,
  moveCursor,
  clearLine,
  clearScreenDown,
  emitKeypressEvents: () => {},
  promises,
};
