'use strict';
// Messages between the ends of channels: copies, in the order in which they were sent.
const { coded } = require('internal/errors');

const INTERNAL = Symbol('internal');

class MessageEvent extends Event {
  constructor(type, init = {}) {
    super(type, init);
    this.data = init.data ?? null;
    this.origin = init.origin ?? '';
    this.lastEventId = init.lastEventId ?? '';
    this.source = init.source ?? null;
    this.ports = init.ports ?? [];
  }
}

// What can be told of messages, as a target of events and as an emitter, too.
class Receiver extends EventTarget {
  #handlers = new Map();
  get onmessage() {
    return this.#handlers.get('message') ?? null;
  }
  set onmessage(handler) {
    const before = this.#handlers.get('message');
    if (before) this.removeEventListener('message', before);
    this.#handlers.set('message', handler);
    if (typeof handler === 'function') this.addEventListener('message', handler);
    this.start();
  }
  on(type, listener) {
    const call = (event) => listener(type === 'message' ? event.data : event);
    Object.defineProperty(listener, INTERNAL, { value: call, configurable: true });
    this.addEventListener(type, call);
    if (type === 'message') this.start();
    return this;
  }
  once(type, listener) {
    const only = (value) => {
      this.off(type, only);
      listener(value);
    };
    return this.on(type, only);
  }
  off(type, listener) {
    this.removeEventListener(type, listener[INTERNAL] ?? listener);
    return this;
  }
}

class MessagePort extends Receiver {
  #other = null;
  #waiting = [];
  #isStarted = false;
  #isClosed = false;
  constructor(key) {
    super();
    if (key !== INTERNAL) throw coded(TypeError, 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
  }
  static link(left, right) {
    left.#other = right;
    right.#other = left;
  }
  static take(port) {
    return port.#waiting.shift();
  }
  postMessage(message, options) {
    const transfer = Array.isArray(options) ? options : options?.transfer;
    const entry = { message: structuredClone(message, { transfer: transfer ?? [] }) };
    const other = this.#other;
    if (other === null || other.#isClosed || this.#isClosed) return;
    other.#waiting.push(entry);
    other.#deliver();
  }
  #deliver() {
    if (!this.#isStarted) return;
    require('timers').setImmediate(() => {
      const entry = this.#waiting.shift();
      if (entry !== undefined && !this.#isClosed) this.dispatchEvent(new MessageEvent('message', { data: entry.message }));
    });
  }
  start() {
    if (this.#isStarted) return;
    this.#isStarted = true;
    for (let left = this.#waiting.length; left > 0; left--) this.#deliver();
  }
  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const port of [this, this.#other]) {
      require('timers').setImmediate(() => port.dispatchEvent(new Event('close')));
    }
    if (this.#other !== null) this.#other.#isClosed = true;
  }
  ref() {}
  unref() {}
}

class MessageChannel {
  constructor() {
    this.port1 = new MessagePort(INTERNAL);
    this.port2 = new MessagePort(INTERNAL);
    MessagePort.link(this.port1, this.port2);
  }
}

const channels = new Map(); // by their names

class BroadcastChannel extends Receiver {
  constructor(name) {
    super();
    this.name = String(name);
    const known = channels.get(this.name) ?? new Set();
    channels.set(this.name, known.add(this));
  }
  start() {}
  postMessage(message) {
    for (const other of channels.get(this.name) ?? []) {
      if (other === this) continue;
      const data = structuredClone(message);
      require('timers').setImmediate(() => {
        if (channels.get(other.name).has(other)) other.dispatchEvent(new MessageEvent('message', { data }));
      });
    }
  }
  close() {
    channels.get(this.name).delete(this);
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
}

function receiveMessageOnPort(port) {
  return MessagePort.take(port);
}

module.exports = { MessageChannel, MessagePort, BroadcastChannel, MessageEvent, receiveMessageOnPort };
