'use strict';
const { validateFunction } = require('internal/errors');

const LONGEST = 2147483647; // milliseconds
const active = new Map(); // by number

class Timeout {
  constructor(callback, after, args, repeats) {
    after = Number(after);
    if (!(after >= 1 && after <= LONGEST)) after = 1;
    this._idleTimeout = after;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = repeats ? after : null;
    this._destroyed = false;
    Object.defineProperty(this, 'number', { value: 0, writable: true });
    Object.defineProperty(this, 'isReferenced', { value: true, writable: true });
    start(this);
  }
  ref() {
    this.isReferenced = true;
    host.keepAlive(this.number, true);
    return this;
  }
  unref() {
    this.isReferenced = false;
    host.keepAlive(this.number, false);
    return this;
  }
  hasRef() {
    return this.isReferenced;
  }
  refresh() {
    if (!this._destroyed) {
      host.stopTimer(this.number);
      start(this);
    }
    return this;
  }
  close() {
    clearTimeout(this);
    return this;
  }
  [Symbol.toPrimitive]() {
    return this.number;
  }
}

function start(timer) {
  if (timer.number !== 0) active.delete(timer.number);
  timer.number = host.startTimer(Math.trunc(timer._idleTimeout), () => fire(timer));
  active.set(timer.number, timer);
  if (!timer.isReferenced) host.keepAlive(timer.number, false);
}

function fire(timer) {
  active.delete(timer.number);
  if (timer._repeat === null) timer._destroyed = true;
  const before = timer.number;
  try {
    if (timer._timerArgs === undefined) timer._onTimeout();
    else timer._onTimeout(...timer._timerArgs);
  } finally {
    if (timer._repeat !== null && !timer._destroyed && timer.number === before) start(timer);
  }
}

function setTimeout(callback, after, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, after, args.length > 0 ? args : undefined, false);
}

function setInterval(callback, after, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, after, args.length > 0 ? args : undefined, true);
}

function clearTimeout(timer) {
  if (typeof timer === 'number' || typeof timer === 'string') timer = active.get(Number(timer));
  if (timer instanceof Timeout && !timer._destroyed) {
    timer._destroyed = true;
    timer._repeat = null;
    active.delete(timer.number);
    host.stopTimer(timer.number);
  }
}

class Immediate {
  constructor(callback, args) {
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    host.immediate(() => {
      if (this._destroyed) return;
      this._destroyed = true;
      this._onImmediate(...this._argv);
    });
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return true;
  }
}

function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args);
}

function clearImmediate(immediate) {
  if (immediate instanceof Immediate) immediate._destroyed = true;
}

function queueMicrotask(callback) {
  validateFunction(callback, 'callback');
  host.microtask(callback);
}

// What `timers/promises` has, and `util.promisify` of these.
const later = (after, value, options) =>
  new Promise((resolve, reject) => {
    const signal = options?.signal;
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(resolve, after, value);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
    return undefined;
  });
const soon = (value) => new Promise((resolve) => setImmediate(resolve, value));
async function* repeatedly(after, value) {
  while (true) yield await later(after, value);
}
const custom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(setTimeout, custom, { value: later });
Object.defineProperty(setImmediate, custom, { value: soon });

module.exports = {
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval: clearTimeout,
  setImmediate,
  clearImmediate,
  queueMicrotask,
  promises: {
    setTimeout: later,
    setImmediate: soon,
    setInterval: repeatedly,
    scheduler: { wait: (after, options) => later(after, undefined, options), yield: () => soon() },
  },
};
