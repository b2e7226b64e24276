'use strict';
const { coded, invalidArgument, validateFunction } = require('internal/errors');

const CAPTURE = Symbol.for('nodejs.rejection');
const ERRORS = Symbol('events.errorMonitor');

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}
EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
EventEmitter.defaultMaxListeners = 10;
EventEmitter.errorMonitor = ERRORS;
EventEmitter.captureRejectionSymbol = CAPTURE;

EventEmitter.init = function () {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null);
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
};

function add(target, type, listener, isFirst) {
  validateFunction(listener, 'listener');
  let events = target._events;
  if (events === undefined) {
    events = target._events = Object.create(null);
    target._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    target.emit('newListener', type, listener.listener ?? listener);
    events = target._events;
  }
  const known = events[type];
  if (known === undefined) {
    events[type] = [listener];
    target._eventsCount++;
  } else {
    // Those who are being told just now must not see the change.
    events[type] = isFirst ? [listener, ...known] : [...known, listener];
    const limit = target.getMaxListeners();
    if (limit > 0 && events[type].length > limit && !known.warned) {
      events[type].warned = true;
      const name = target.constructor ? target.constructor.name : 'EventEmitter';
      require('process').emitWarning(
        `Possible EventEmitter memory leak detected. ${events[type].length} ${String(type)} listeners added to [${name}]. MaxListeners is ${limit}. Use emitter.setMaxListeners() to increase limit`,
        'MaxListenersExceededWarning',
      );
    } else if (known.warned) events[type].warned = true;
  }
  return target;
}

EventEmitter.prototype.setMaxListeners = function setMaxListeners(count) {
  if (typeof count !== 'number' || count < 0 || Number.isNaN(count)) {
    throw coded(
      RangeError,
      'ERR_OUT_OF_RANGE',
      `The value of "setMaxListeners" is out of range. It must be a non-negative number. Received ${host.inspect(count, {})}`,
    );
  }
  this._maxListeners = count;
  return this;
};

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return this._maxListeners === undefined ? EventEmitter.defaultMaxListeners : this._maxListeners;
};

EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events !== undefined && events[ERRORS] !== undefined) this.emit(ERRORS, ...args);
    if (events === undefined || events.error === undefined) {
      const error = args[0];
      if (error instanceof Error) throw error;
      const failure = coded(
        Error,
        'ERR_UNHANDLED_ERROR',
        `Unhandled error. (${typeof error === 'string' ? `'${error}'` : host.inspect(error, {})})`,
      );
      failure.context = error;
      throw failure;
    }
  }
  const listeners = events === undefined ? undefined : events[type];
  if (listeners === undefined) return false;
  for (let index = 0, count = listeners.length; index < count; index++) Reflect.apply(listeners[index], this, args);
  return true;
};

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};
EventEmitter.prototype.on = EventEmitter.prototype.addListener;
EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

function wrapped(target, type, listener) {
  validateFunction(listener, 'listener');
  let fired = false;
  function once(...args) {
    if (fired) return undefined;
    fired = true;
    target.removeListener(type, once);
    return Reflect.apply(listener, target, args);
  }
  once.listener = listener;
  return once;
}

EventEmitter.prototype.once = function once(type, listener) {
  return this.on(type, wrapped(this, type, listener));
};
EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  return this.prependListener(type, wrapped(this, type, listener));
};

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  validateFunction(listener, 'listener');
  const events = this._events;
  const listeners = events === undefined ? undefined : events[type];
  if (listeners === undefined) return this;
  let index = listeners.length - 1;
  while (index >= 0 && listeners[index] !== listener && listeners[index].listener !== listener) index--;
  if (index < 0) return this;
  if (listeners.length === 1) {
    delete events[type];
    this._eventsCount--;
  } else events[type] = listeners.filter((_, each) => each !== index);
  if (events.removeListener !== undefined) this.emit('removeListener', type, listener);
  return this;
};
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = Object.create(null);
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      delete events[type];
      this._eventsCount--;
    }
    return this;
  }
  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) if (key !== 'removeListener') this.removeAllListeners(key);
    this.removeAllListeners('removeListener');
    return this;
  }
  const listeners = events[type];
  if (listeners !== undefined)
    for (let index = listeners.length - 1; index >= 0; index--) this.removeListener(type, listeners[index]);
  return this;
};

EventEmitter.prototype.listeners = function listeners(type) {
  return this.rawListeners(type).map((each) => each.listener ?? each);
};
EventEmitter.prototype.rawListeners = function rawListeners(type) {
  const known = this._events === undefined ? undefined : this._events[type];
  return known === undefined ? [] : [...known];
};
EventEmitter.prototype.listenerCount = function listenerCount(type) {
  const known = this._events === undefined ? undefined : this._events[type];
  return known === undefined ? 0 : known.length;
};
EventEmitter.prototype.eventNames = function eventNames() {
  return this._events === undefined ? [] : Reflect.ownKeys(this._events);
};
EventEmitter.listenerCount = (emitter, type) => emitter.listenerCount(type);

// A promise of the next event, which is rejected if an error comes first.
EventEmitter.once = (emitter, type) =>
  new Promise((resolve, reject) => {
    if (typeof emitter.addEventListener === 'function') {
      emitter.addEventListener(type, (event) => resolve([event]), { once: true });
      return;
    }
    const failed = (error) => {
      emitter.removeListener(type, arrived);
      reject(error);
    };
    const arrived = (...args) => {
      emitter.removeListener('error', failed);
      resolve(args);
    };
    emitter.once(type, arrived);
    if (type !== 'error') emitter.once('error', failed);
  });

// All events of a kind, as they come.
EventEmitter.on = (emitter, type) => {
  const waiting = [];
  const arrived = [];
  let failure;
  const listener = (...args) => {
    if (waiting.length > 0) waiting.shift().resolve({ value: args, done: false });
    else arrived.push(args);
  };
  const failed = (error) => {
    if (waiting.length > 0) waiting.shift().reject(error);
    else failure = error;
  };
  emitter.on(type, listener);
  if (type !== 'error') emitter.on('error', failed);
  return {
    next() {
      if (arrived.length > 0) return Promise.resolve({ value: arrived.shift(), done: false });
      if (failure !== undefined) {
        const error = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      emitter.off(type, listener);
      emitter.off('error', failed);
      for (const each of waiting) each.resolve({ value: undefined, done: true });
      return Promise.resolve({ value: undefined, done: true });
    },
    throw(error) {
      if (!error) throw invalidArgument('EventEmitter.AsyncIterator', 'an instance of Error', error);
      failure = error;
      return this.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
EventEmitter.setMaxListeners = (count, ...emitters) => {
  if (emitters.length === 0) EventEmitter.defaultMaxListeners = count;
  for (const each of emitters) each.setMaxListeners(count);
};
EventEmitter.getEventListeners = (emitter, type) => emitter.listeners(type);
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;

module.exports = EventEmitter;
