'use strict';
// Connections, and servers that wait for them.
const EventEmitter = require('events');
const { Duplex } = require('stream');
const process = require('process');
const { coded, invalidArgument, systemError } = require('internal/errors');
const { AGAIN, TO_READ, TO_WRITE, Waiting, Source, Drain } = require('internal/descriptors');

// What needs no network: whether a text is an address.
const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

function isV6(text) {
  const [address, zone] = text.split('%');
  if (zone === '' || !/^[\da-f:.]*$/i.test(address)) return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  let count = 0;
  for (const [index, half] of halves.entries()) {
    const parts = half === '' ? [] : half.split(':');
    for (const [place, part] of parts.entries()) {
      const isLast = index === halves.length - 1 && place === parts.length - 1;
      if (isLast && V4.test(part)) count++;
      else if (!/^[\da-f]{1,4}$/i.test(part)) return false;
      count++;
    }
  }
  return halves.length === 2 ? count < 8 : count === 8;
}

const isIPv4 = (text) => V4.test(String(text));
const isIPv6 = (text) => isV6(String(text));
const isIP = (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

// `127.0.0.1:80` or `[::1]:80`, taken apart.
function addressOf(text) {
  const at = text.lastIndexOf(':');
  if (at < 0) return {};
  const address = text.slice(0, at).replace(/^\[|\]$/g, '');
  return { address, family: address.includes(':') ? 'IPv6' : 'IPv4', port: Number(text.slice(at + 1)) };
}

function networkError(number, syscall, address, port) {
  const error = systemError(number, syscall);
  error.message = syscall === 'listen' ? `listen ${error.message.split(', ')[0]} ${address}:${port}` : `${syscall} ${error.code} ${address}:${port}`;
  if (syscall === 'listen') error.message = `listen ${error.code}: ${systemError(number, '').message.split(': ')[1].split(',')[0]} ${address}:${port}`;
  error.address = address;
  error.port = port;
  return error;
}

function checkedPort(port) {
  const number = Number(port);
  if ((typeof port !== 'number' && typeof port !== 'string') || !Number.isInteger(number) || number < 0 || number > 65535) {
    throw coded(RangeError, 'ERR_SOCKET_BAD_PORT', `options.port should be >= 0 and < 65536. Received ${typeof port === 'string' ? `type string ('${port}')` : `type ${typeof port} (${port})`}.`);
  }
  return number;
}

// What `connect` and `listen` are given: options, or a port and a host, and a function.
function given(args) {
  const callback = args.findLast((each) => typeof each === 'function');
  const [first, second] = args;
  if (typeof first === 'object' && first !== null) return [{ ...first }, callback];
  if (typeof first === 'string' && Number.isNaN(Number(first))) return [{ path: first }, callback];
  return [{ port: first, host: typeof second === 'string' ? second : undefined }, callback];
}

class Socket extends Duplex {
  constructor(options) {
    super({ allowHalfOpen: options?.allowHalfOpen ?? false, emitClose: false });
    this.connecting = false;
    this._host = null;
    this._pending = null; // a write that waits for the connection
    this._timer = undefined;
    this.timeout = undefined;
    this._needed = true;
    for (const name of ['_source', '_drain', '_making', 'server']) Object.defineProperty(this, name, { value: null, writable: true, enumerable: false });
    this.fd = -1;
    if (typeof options?.fd === 'number') this._open(options.fd);
    this.on('end', () => {
      if (!this.allowHalfOpen) this.end();
    });
  }
  _open(descriptor) {
    this.fd = descriptor;
    this.connecting = false;
    this._source = new Source(this, descriptor);
    this._drain = new Drain(descriptor);
    this._source.waiting.need(this._needed);
    const receive = this._source.waiting.call;
    this._source.waiting.call = () => {
      this._refresh();
      receive();
    };
    host.sendAtOnce(descriptor);
  }
  connect(...args) {
    const [options, callback] = given(args);
    if (callback) this.once('connect', callback);
    if (options.path !== undefined) throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'not there yet: connections by way of a file');
    const port = checkedPort(options.port);
    const name = options.host ?? 'localhost';
    if (this.destroyed) this._undestroy?.();
    this.connecting = true;
    process.nextTick(() => this._lookUp(name, port));
    return this;
  }
  _lookUp(name, port) {
    if (this.destroyed) return;
    const hosts = isIP(name) ? [name] : host.hostsOf(name);
    if (typeof hosts === 'string') {
      const error = new Error(`getaddrinfo ENOTFOUND ${name}`);
      Object.assign(error, { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name });
      this.emit('lookup', error, undefined, undefined, name);
      this.destroy(error);
      return;
    }
    if (!isIP(name)) this.emit('lookup', null, hosts[0], isIP(hosts[0]), name);
    this._try(hosts, port, []);
  }
  // One address after the other, until one answers.
  _try(hosts, port, errors) {
    const [address, ...others] = hosts;
    const fail = (number) => {
      errors.push(networkError(number, 'connect', address, port));
      if (others.length > 0) this._try(others, port, errors);
      else if (errors.length === 1) this.destroy(errors[0]);
      else this.destroy(Object.assign(new AggregateError(errors), { code: errors[0].code }));
    };
    const descriptor = host.connect(address, port);
    if (descriptor < 0) {
      fail(descriptor);
      return;
    }
    this.fd = descriptor;
    this._making = new Waiting(descriptor, TO_WRITE, () => {
      this._making.stop();
      this._making = null;
      const failure = host.connectionFailure(descriptor);
      if (failure !== 0) {
        host.close(descriptor);
        this.fd = -1;
        fail(failure);
        return;
      }
      this._open(descriptor);
      this._refresh();
      this.emit('connect');
      this.emit('ready');
      this._goOn();
    });
    this._making.need(this._needed);
    this._making.start();
  }
  // What was asked for while the connection was being made.
  _goOn() {
    if (this.destroyed) return;
    if (this._wantsToRead) this._source.waiting.start();
    const pending = this._pending;
    this._pending = null;
    if (pending !== null) pending();
  }
  _read() {
    this._wantsToRead = true;
    if (this._source !== null) this._source.waiting.start();
  }
  _write(chunk, encoding, done) {
    if (this._drain === null) {
      this._pending = () => this._write(chunk, encoding, done);
      return;
    }
    this._refresh();
    this._drain.write(chunk, encoding, done);
  }
  _final(callback) {
    if (this._drain === null && this.connecting) {
      this._pending = () => this._final(callback);
      return;
    }
    if (this.fd >= 0) host.endSending(this.fd);
    callback();
  }
  _destroy(error, callback) {
    clearTimeout(this._timer);
    this.connecting = false;
    this._making?.stop();
    this._source?.waiting.stop();
    this._drain?.waiting.stop();
    if (this.fd >= 0) {
      this._peer ??= host.address(this.fd, true);
      this._local ??= host.address(this.fd, false);
      host.close(this.fd);
    }
    this.fd = -1;
    callback(error);
    process.nextTick(() => {
      this.emit('close', Boolean(error));
      this.server?._gone(this);
    });
  }
  destroySoon() {
    this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }
  resetAndDestroy() {
    return this.destroy();
  }
  setTimeout(milliseconds, callback) {
    this.timeout = milliseconds;
    if (callback) {
      if (milliseconds > 0) this.once('timeout', callback);
      else this.removeListener('timeout', callback);
    }
    this._refresh();
    return this;
  }
  _refresh() {
    clearTimeout(this._timer);
    if (this.timeout > 0) this._timer = setTimeout(() => this.emit('timeout'), this.timeout).unref();
  }
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  ref() {
    return this._need(true);
  }
  unref() {
    return this._need(false);
  }
  _need(yes) {
    this._needed = yes;
    this._source?.waiting.need(yes);
    this._making?.need(yes);
    return this;
  }
  address() {
    return addressOf(this._localText());
  }
  _localText() {
    if (this._local === undefined && this.fd >= 0 && !this.connecting) this._local = host.address(this.fd, false);
    return this._local ?? '';
  }
  _peerText() {
    if (this._peer === undefined && this.fd >= 0 && !this.connecting) this._peer = host.address(this.fd, true);
    return this._peer ?? '';
  }
  get remoteAddress() {
    return addressOf(this._peerText()).address;
  }
  get remoteFamily() {
    return addressOf(this._peerText()).family;
  }
  get remotePort() {
    return addressOf(this._peerText()).port;
  }
  get localAddress() {
    return addressOf(this._localText()).address;
  }
  get localPort() {
    return addressOf(this._localText()).port;
  }
  get localFamily() {
    return addressOf(this._localText()).family;
  }
  get bytesRead() {
    return this._source?.bytesRead ?? 0;
  }
  get bytesWritten() {
    return (this._drain?.bytesWritten ?? 0) + (this._drain?.rest.length ?? 0);
  }
  get pending() {
    return this.fd < 0 || this.connecting;
  }
  get readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    return this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed';
  }
}

class Server extends EventEmitter {
  constructor(options, listener) {
    super();
    if (typeof options === 'function') [options, listener] = [{}, options];
    this.options = { ...options };
    if (listener) this.on('connection', listener);
    for (const [name, value] of Object.entries({ _sockets: new Set(), _waiting: null, _needed: true, _closing: false })) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: false });
    }
    this.maxConnections = undefined;
  }
  listen(...args) {
    const [options, callback] = given(args);
    if (callback) this.once('listening', callback);
    if (this._waiting !== null) throw coded(Error, 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
    if (options.path !== undefined) throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'not there yet: servers by way of a file');
    const port = options.port === undefined || options.port === null ? 0 : checkedPort(options.port);
    const descriptor = this._bind(options.host, port);
    if (descriptor < 0) {
      const error = networkError(descriptor, 'listen', options.host ?? '::', port);
      process.nextTick(() => this.emit('error', error));
      return this;
    }
    this._closing = false;
    this._waiting = new Waiting(descriptor, TO_READ, () => this._accept());
    this._waiting.need(this._needed);
    this._waiting.start();
    process.nextTick(() => {
      if (this._waiting !== null) this.emit('listening');
    });
    return this;
  }
  _bind(name, port) {
    if (name !== undefined) return host.listen(name, port);
    const descriptor = host.listen('::', port);
    return descriptor === -97 || descriptor === -99 ? host.listen('0.0.0.0', port) : descriptor; // no IPv6 here
  }
  _accept() {
    while (this._waiting !== null) {
      const descriptor = host.accept(this._waiting.descriptor);
      if (descriptor === AGAIN) return;
      if (descriptor < 0) {
        this.emit('error', systemError(descriptor, 'accept'));
        return;
      }
      if (this.maxConnections !== undefined && this._sockets.size >= this.maxConnections) {
        host.close(descriptor);
        continue;
      }
      const socket = new Socket({ fd: descriptor, allowHalfOpen: this.options.allowHalfOpen });
      socket.server = this;
      this._sockets.add(socket);
      if (!this.options.pauseOnConnect) socket.read(0);
      this.emit('connection', socket);
    }
  }
  _gone(socket) {
    this._sockets.delete(socket);
    this._closeIfEmpty();
  }
  _closeIfEmpty() {
    if (!this._closing || this._sockets.size > 0) return;
    this._closing = false;
    process.nextTick(() => this.emit('close'));
  }
  close(callback) {
    if (this._waiting === null) {
      if (callback) process.nextTick(() => callback(coded(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.')));
      return this;
    }
    if (callback) this.once('close', () => callback());
    this._waiting.stop();
    host.close(this._waiting.descriptor);
    this._waiting = null;
    this._closing = true;
    this._closeIfEmpty();
    return this;
  }
  get listening() {
    return this._waiting !== null;
  }
  get connections() {
    return this._sockets.size;
  }
  getConnections(callback) {
    process.nextTick(() => callback(null, this._sockets.size));
    return this;
  }
  address() {
    return this._waiting === null ? null : addressOf(host.address(this._waiting.descriptor, false));
  }
  ref() {
    this._needed = true;
    this._waiting?.need(true);
    return this;
  }
  unref() {
    this._needed = false;
    this._waiting?.need(false);
    return this;
  }
}

function connect(...args) {
  const [options] = given(args);
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(...args);
}

const callable = (Class) => new Proxy(Class, { apply: (_, self, args) => new Class(...args) });

module.exports = {
  connect,
  createConnection: connect,
  createServer: (options, listener) => new Server(options, listener),
  Socket: callable(Socket),
  Stream: callable(Socket),
  Server: callable(Server),
  isIP,
  isIPv4,
  isIPv6,
};
