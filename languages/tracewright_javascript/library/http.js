'use strict';
// Servers and requests of HTTP/1.1.
const net = require('net');
const EventEmitter = require('events');
const process = require('process');
const { coded, invalidArgument } = require('internal/errors');
const { binary } = require('internal/bytes');
const { IncomingMessage, Reader, LINE_END } = require('internal/http/messages');
const { OutgoingMessage, validateHeaderName, validateHeaderValue } = require('internal/http/outgoing');

const METHODS = 'ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE'.split(' ');
const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints',
  200: 'OK', 201: 'Created', 202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used',
  300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 305: 'Use Proxy', 307: 'Temporary Redirect', 308: 'Permanent Redirect',
  400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 407: 'Proxy Authentication Required', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed', 413: 'Payload Too Large', 414: 'URI Too Long', 415: 'Unsupported Media Type', 416: 'Range Not Satisfiable', 417: 'Expectation Failed', 418: "I'm a Teapot", 421: 'Misdirected Request', 422: 'Unprocessable Entity', 423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required', 428: 'Precondition Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates', 507: 'Insufficient Storage', 508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended', 511: 'Network Authentication Required',
};
const KEPT_SECONDS = 5; // that a connection waits for another request

const hangUp = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

// Servers

class ServerResponse extends OutgoingMessage {
  constructor(request) {
    super();
    this.req = request;
    this.statusCode = 200;
    this.statusMessage = undefined;
    this.sendDate = true;
    this.shouldKeepAlive = true;
    this._isHead = request.method === 'HEAD';
    this._isHeadSent = false;
  }
  writeHead(code, message, fields) {
    if (this.headersSent) throw coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client');
    if (typeof message !== 'string') [message, fields] = [undefined, message ?? fields];
    const number = code | 0;
    if (number < 100 || number > 999) throw coded(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${code}`);
    this.statusCode = number;
    if (message !== undefined) this.statusMessage = message;
    if (Array.isArray(fields)) {
      const pairs = Array.isArray(fields[0]) ? fields : fields.flatMap((name, at) => (at % 2 ? [] : [[name, fields[at + 1]]]));
      for (const [name, value] of pairs) this.setHeader(name, value);
    } else {
      for (const name of Object.keys(fields ?? {})) if (fields[name] !== undefined) this.setHeader(name, fields[name]);
    }
    this._makeHead();
    return this;
  }
  writeContinue(callback) {
    this._send(`HTTP/1.1 100 Continue${LINE_END}${LINE_END}`, 'latin1', callback);
  }
  writeProcessing() {
    this._send(`HTTP/1.1 102 Processing${LINE_END}${LINE_END}`, 'latin1');
  }
  _sendHead() {
    this._makeHead();
    if (this._isHeadSent) return;
    this._isHeadSent = true;
    this._send(this.finishedHead, 'latin1');
  }
  _makeHead() {
    if (this.finishedHead !== null) return;
    this.statusMessage ??= STATUS_CODES[this.statusCode] ?? 'unknown';
    const code = this.statusCode;
    this._hasNoBody = this._isHead || code === 204 || code === 304 || code < 200;
    const others = [];
    if (this.sendDate) others.push(['Date', new Date().toUTCString()]);
    if (/\bclose\b/i.test(this.getHeader('connection') ?? '')) this.shouldKeepAlive = false;
    if (this.shouldKeepAlive && this.req.httpVersion === '1.0' && this._length === null && !this.hasHeader('content-length')) this.shouldKeepAlive = false;
    others.push(['Connection', this.shouldKeepAlive ? 'keep-alive' : 'close']);
    if (this.shouldKeepAlive && !this.hasHeader('connection')) others.push(['Keep-Alive', `timeout=${KEPT_SECONDS}`]);
    this.finishedHead = this._head(`HTTP/1.1 ${code} ${this.statusMessage}`, others);
  }
  _sent() {
    this._whenSent?.();
  }
  _destroy(error, callback) {
    if (!this.writableFinished) this.socket?.destroy(error);
    callback(error);
  }
}

class Server extends net.Server {
  constructor(options, listener) {
    if (typeof options === 'function') [options, listener] = [{}, options];
    super({ allowHalfOpen: true });
    this.timeout = 0;
    this.keepAliveTimeout = KEPT_SECONDS * 1000;
    this.headersTimeout = 60000;
    this.requestTimeout = 300000;
    this.maxHeadersCount = null;
    if (listener) this.on('request', listener);
    this.on('connection', (socket) => this._serve(socket));
    Object.defineProperty(this, '_idle', { value: new Set(), enumerable: false });
  }
  setTimeout(milliseconds, callback) {
    this.timeout = milliseconds;
    if (callback) this.on('timeout', callback);
    return this;
  }
  // Requests of one connection; each is answered before the next one is read.
  _serve(socket) {
    let response = null;
    let waiting = '';
    const idle = this._idle;
    idle.add(socket);
    const fail = (error) => {
      if (this.listenerCount('clientError') > 0) {
        this.emit('clientError', error, socket);
        return;
      }
      const line = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
      if (socket.writable) socket.write(`HTTP/1.1 ${line}${LINE_END}Connection: close${LINE_END}${LINE_END}`);
      socket.destroy(error);
    };
    const begin = (first, raw, fields) => {
      const match = /^([!-~]+) (\S+) HTTP\/(\d)\.(\d)$/.exec(first);
      if (match === null || !METHODS.includes(match[1])) throw Object.assign(new Error('Parse Error: Invalid method encountered'), { code: 'HPE_INVALID_METHOD' });
      const request = new IncomingMessage(socket);
      request.method = match[1];
      request.url = match[2];
      request.httpVersion = `${match[3]}.${match[4]}`;
      request.httpVersionMinor = Number(match[4]);
      request.rawHeaders = raw;
      if (fields.upgrade !== undefined && /\bupgrade\b/i.test(fields.connection ?? '') && this.listenerCount('upgrade') > 0) {
        reader.isOver = true;
        idle.delete(socket);
        request.upgrade = true;
        socket.removeListener('data', receive);
        this.emit('upgrade', request, socket, require('internal/bytes').fromBinary(reader.rest));
        return { message: null };
      }
      response = new ServerResponse(request);
      response.shouldKeepAlive = /\bclose\b/i.test(fields.connection ?? '') ? false : request.httpVersion !== '1.0' || /\bkeep-alive\b/i.test(fields.connection ?? '');
      idle.delete(socket);
      const own = response;
      own._whenSent = () => {
        if (own.shouldKeepAlive && this.listening !== false) {
          response = null;
          idle.add(socket);
          if (!request.complete) request.resume();
          process.nextTick(() => {
            const bytes = waiting;
            waiting = '';
            if (bytes !== '') take(bytes);
          });
        } else {
          socket.end();
        }
      };
      own._attach(socket);
      const hasBody = fields['content-length'] > 0 || fields['transfer-encoding'] !== undefined;
      // The body follows at once; the program hears of the request first.
      process.nextTick(() => {
        if (hasBody && /100-continue/i.test(fields.expect ?? '')) {
          if (this.listenerCount('checkContinue') > 0) {
            this.emit('checkContinue', request, own);
            return;
          }
          own.writeContinue();
        }
        this.emit('request', request, own);
      });
      return { message: request, hasNoBody: !hasBody };
    };
    const reader = new Reader(begin, () => {});
    const take = (bytes) => {
      try {
        reader.feed(bytes);
      } catch (error) {
        fail(error);
      }
    };
    const receive = (data) => {
      // A request that comes before the answer to the last one waits.
      if (response !== null && reader.message === null) waiting += binary(data);
      else take(binary(data));
    };
    socket.on('data', receive);
    if (this.timeout > 0) socket.setTimeout(this.timeout, () => this.emit('timeout', socket) || socket.destroy());
    socket.on('end', () => {
      if (!reader.isOver) socket.end();
    });
    socket.on('error', (error) => {
      if (this.listenerCount('clientError') > 0) this.emit('clientError', error, socket);
    });
    socket.on('close', () => {
      idle.delete(socket);
      const { message } = reader;
      if (message !== null && !message.complete) {
        message.aborted = true;
        message.emit('aborted');
        message.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      }
      if (response !== null && !response.writableFinished) response.destroy();
    });
  }
  close(callback) {
    super.close(callback);
    this.closeIdleConnections();
    return this;
  }
  closeIdleConnections() {
    for (const socket of this._idle) socket.destroy();
  }
  closeAllConnections() {
    for (const socket of this._sockets) socket.destroy();
  }
}

// Requests

class Agent extends EventEmitter {
  constructor(options) {
    super();
    this.options = { ...options };
    this.keepAlive = Boolean(options?.keepAlive);
    this.maxSockets = options?.maxSockets ?? Infinity;
    this.defaultPort = 80;
    this.protocol = 'http:';
    this.sockets = {};
    this.freeSockets = {};
    this.requests = {};
  }
  createConnection(options, callback) {
    return net.connect(options, callback);
  }
  destroy() {}
}
const globalAgent = new Agent({ keepAlive: true });

function optionsOf(first, second) {
  if (typeof first === 'string') first = new URL(first);
  if (!(first instanceof URL)) return { ...first, ...second };
  const found = {
    protocol: first.protocol,
    hostname: first.hostname.replace(/^\[|\]$/g, ''),
    port: first.port === '' ? undefined : Number(first.port),
    path: first.pathname + first.search,
  };
  if (first.username || first.password) found.auth = `${decodeURIComponent(first.username)}:${decodeURIComponent(first.password)}`;
  return { ...found, ...second };
}

class ClientRequest extends OutgoingMessage {
  constructor(first, second, callback) {
    super();
    if (typeof second === 'function') [second, callback] = [undefined, second];
    const options = optionsOf(first, second);
    const protocol = options.protocol ?? 'http:';
    if (protocol !== 'http:') throw coded(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "http:"`);
    if (options.path !== undefined && /[^\x21-\xff]/.test(String(options.path))) throw coded(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
    if (options.method !== undefined && typeof options.method !== 'string') throw invalidArgument('options.method', 'of type string', options.method);
    this.method = (options.method ?? 'GET').toUpperCase();
    this.path = options.path || '/';
    this.protocol = protocol;
    this.host = options.hostname || options.host || 'localhost';
    this.port = Number(options.port || options.defaultPort || 80);
    this.agent = options.agent ?? globalAgent;
    this.reusedSocket = false;
    this.aborted = false;
    this.res = null;
    if (callback) this.once('response', callback);
    if (Array.isArray(options.headers)) for (let at = 0; at < options.headers.length; at += 2) this.appendHeader(options.headers[at], options.headers[at + 1]);
    else for (const name of Object.keys(options.headers ?? {})) if (options.headers[name] !== undefined) this.setHeader(name, options.headers[name]);
    const shown = this.host.includes(':') ? `[${this.host}]` : this.host;
    if (!this.hasHeader('host') && options.setHost !== false) this.setHeader('Host', this.port === 80 ? shown : `${shown}:${this.port}`);
    if (options.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${require('buffer').Buffer.from(options.auth).toString('base64')}`);
    if (options.timeout) this.setTimeout(options.timeout);
    const { signal } = options;
    if (signal) {
      const stop = () => this.destroy(require('internal/children').abortError(signal));
      if (signal.aborted) process.nextTick(stop);
      else signal.addEventListener('abort', stop, { once: true });
    }
    process.nextTick(() => this._connect(options));
  }
  _connect(options) {
    if (this.destroyed) return;
    const make = options.createConnection ?? ((settings) => net.connect(settings));
    const socket = make({ ...options, path: undefined, host: this.host, port: this.port });
    socket.on('error', (error) => this._fail(error));
    socket.on('close', () => this._closed());
    const reader = new Reader((first, raw, fields) => this._begin(first, raw, fields, reader), () => socket.end());
    socket.on('data', (data) => {
      if (reader.isOver) return;
      try {
        reader.feed(binary(data));
      } catch (error) {
        this._fail(error);
      }
    });
    Object.defineProperty(this, '_reader', { value: reader, enumerable: false });
    this._attach(socket);
  }
  _begin(first, raw, fields, reader) {
    const match = /^HTTP\/(\d)\.(\d) (\d{3}) ?(.*)$/.exec(first);
    if (match === null) throw Object.assign(new Error('Parse Error: Expected HTTP/'), { code: 'HPE_INVALID_CONSTANT' });
    const code = Number(match[3]);
    if (code === 100) {
      this.emit('continue');
      return { message: null };
    }
    if (code > 101 && code < 200) {
      this.emit('information', { statusCode: code, statusMessage: match[4], httpVersion: `${match[1]}.${match[2]}`, headers: fields, rawHeaders: raw });
      return { message: null };
    }
    const response = new IncomingMessage(this.socket);
    response.httpVersion = `${match[1]}.${match[2]}`;
    response.statusCode = code;
    response.statusMessage = match[4];
    response.rawHeaders = raw;
    response.req = this;
    this.res = response;
    if (code === 101) {
      reader.isOver = true;
      response.upgrade = true;
      if (!this.emit('upgrade', response, this.socket, require('internal/bytes').fromBinary(reader.rest))) this.socket.destroy();
      return { message: null };
    }
    if (!this.emit('response', response)) response.resume();
    return { message: response, hasNoBody: this.method === 'HEAD' || code === 204 || code === 304 };
  }
  _fail(error) {
    if (this.res !== null) {
      if (!this.res.complete) this.res.destroy(error);
    } else if (!this.destroyed) {
      this.destroy(error);
    }
  }
  _closed() {
    this._reader.finish();
    if (this.res === null && !this.destroyed) this.destroy(hangUp());
    else if (this.res !== null && !this.res.complete && !this.res.upgrade) {
      this.res.aborted = true;
      this.res.emit('aborted');
      this.res.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    } else if (!this.destroyed) this.destroy();
  }
  _knowsLength() {
    return this._length > 0 || !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'].includes(this.method);
  }
  _sendHead() {
    if (this.finishedHead !== null) return;
    const head = this._head(`${this.method} ${this.path} HTTP/1.1`, [['Connection', this.agent === false ? 'close' : this.agent.keepAlive ? 'keep-alive' : 'close']]);
    this.finishedHead = head;
    this._send(head, 'latin1');
  }
  _sent() {}
  abort() {
    if (this.aborted) return;
    this.aborted = true;
    process.nextTick(() => this.emit('abort'));
    this.destroy();
  }
  _destroy(error, callback) {
    this.socket?.destroy();
    if (this.res === null && !error && !this._reader?.isOver) error = hangUp();
    if (this.res !== null && !this.res.complete && !this.res.upgrade) this.res.destroy(error);
    callback(error);
  }
  setNoDelay() {}
  setSocketKeepAlive() {}
}

const callable = (Class) => new Proxy(Class, { apply: (_, self, args) => new Class(...args) });

function request(first, second, callback) {
  return new ClientRequest(first, second, callback);
}

function get(first, second, callback) {
  const made = request(first, second, callback);
  made.end();
  return made;
}

module.exports = {
  METHODS,
  STATUS_CODES,
  Agent: callable(Agent),
  globalAgent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server: callable(Server),
  ServerResponse,
  createServer: (options, listener) => new Server(options, listener),
  request,
  get,
  validateHeaderName,
  validateHeaderValue,
  maxHeaderSize: 16384,
};
