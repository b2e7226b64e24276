'use strict';
// `fetch` over `http`, with its headers, requests, answers and forms.
const { validateHeaderName } = require('internal/http/outgoing');
const { Buffer, Blob, File } = require('buffer');

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 20;
const UNREADABLE = [101, 204, 205, 304];

function illegal(name, method) {
  return new TypeError(`${method}: ${name}`);
}

class Headers {
  #fields = new Map(); // by the name in small letters
  constructor(init = undefined) {
    if (init === undefined) return;
    if (init === null || typeof init !== 'object') throw new TypeError("Headers constructor: init given is not one of 'sequence<sequence<ByteString>>' or 'record<ByteString, ByteString>'.");
    if (typeof init[Symbol.iterator] === 'function') {
      for (const pair of init) {
        const entry = [...pair];
        if (entry.length !== 2) throw new TypeError('Headers constructor: expected name/value pair to be length 2, found ' + entry.length + '.');
        this.append(entry[0], entry[1]);
      }
    } else {
      for (const name of Reflect.ownKeys(init)) this.append(String(name), init[name]);
    }
  }
  static #value(value, method) {
    const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
    if (/[\0\r\n]|[^\0-\xff]/.test(text)) throw illegal(`${text} is an invalid header value.`, method);
    return text;
  }
  static #name(name, method) {
    try {
      validateHeaderName(String(name));
    } catch {
      throw illegal(`${name} is an invalid header name.`, method);
    }
    return String(name).toLowerCase();
  }
  append(name, value) {
    const key = Headers.#name(name, 'Headers.append');
    const text = Headers.#value(value, 'Headers.append');
    const before = this.#fields.get(key);
    if (before === undefined) this.#fields.set(key, [text]);
    else before.push(text);
  }
  set(name, value) {
    this.#fields.set(Headers.#name(name, 'Headers.set'), [Headers.#value(value, 'Headers.set')]);
  }
  get(name) {
    const key = Headers.#name(name, 'Headers.get');
    return this.#fields.has(key) ? this.#fields.get(key).join(key === 'cookie' ? '; ' : ', ') : null;
  }
  has(name) {
    return this.#fields.has(Headers.#name(name, 'Headers.has'));
  }
  delete(name) {
    this.#fields.delete(Headers.#name(name, 'Headers.delete'));
  }
  getSetCookie() {
    return [...(this.#fields.get('set-cookie') ?? [])];
  }
  *entries() {
    for (const key of [...this.#fields.keys()].sort()) {
      if (key === 'set-cookie') for (const each of this.#fields.get(key)) yield [key, each];
      else yield [key, this.get(key)];
    }
  }
  *keys() {
    for (const [key] of this.entries()) yield key;
  }
  *values() {
    for (const [, value] of this.entries()) yield value;
  }
  forEach(callback, self) {
    for (const [name, value] of this.entries()) callback.call(self, value, name, this);
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    return `Headers ${host.inspect(Object.fromEntries(this.entries()), { ...options, depth: options?.depth ?? 2 })}`;
  }
}

class FormData {
  #entries = [];
  static #entry(name, value, file) {
    if (value instanceof Blob) value = value instanceof File && file === undefined ? value : new File([value], file ?? 'blob', { type: value.type });
    else value = String(value).toWellFormed();
    return [String(name).toWellFormed(), value];
  }
  append(name, value, file) {
    this.#entries.push(FormData.#entry(name, value, file));
  }
  set(name, value, file) {
    const entry = FormData.#entry(name, value, file);
    const at = this.#entries.findIndex(([each]) => each === entry[0]);
    if (at < 0) this.#entries.push(entry);
    else this.#entries = this.#entries.flatMap((each, index) => (index === at ? [entry] : each[0] === entry[0] ? [] : [each]));
  }
  get(name) {
    return this.#entries.find(([each]) => each === String(name))?.[1] ?? null;
  }
  getAll(name) {
    return this.#entries.filter(([each]) => each === String(name)).map(([, value]) => value);
  }
  has(name) {
    return this.#entries.some(([each]) => each === String(name));
  }
  delete(name) {
    this.#entries = this.#entries.filter(([each]) => each !== String(name));
  }
  *entries() {
    yield* this.#entries;
  }
  *keys() {
    for (const [name] of this.#entries) yield name;
  }
  *values() {
    for (const [, value] of this.#entries) yield value;
  }
  forEach(callback, self) {
    for (const [name, value] of this.#entries) callback.call(self, value, name, this);
  }
  [Symbol.iterator]() {
    return this.entries();
  }
}

// A form as it is sent, with this text between its parts.
async function multipart(form, boundary) {
  const quoted = (text) => text.replace(/\r?\n|\r/g, '%0D%0A').replace(/"/g, '%22');
  const parts = [];
  for (const [name, value] of form) {
    let head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`;
    if (typeof value === 'string') {
      parts.push(Buffer.from(`${head}\r\n\r\n${value.replace(/\r?\n|\r/g, '\r\n')}\r\n`));
    } else {
      head += `; filename="${quoted(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}`;
      parts.push(Buffer.from(`${head}\r\n\r\n`), Buffer.from(await value.arrayBuffer()), Buffer.from('\r\n'));
    }
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return Buffer.concat(parts);
}

// What a body is: its stream, its bytes (or a promise of them) where they are known, and its type.
function bodyOf(init) {
  if (init === null || init === undefined) return { stream: null, bytes: null, type: null };
  if (init instanceof ReadableStream) {
    if (init.locked) throw new TypeError('Response body object should not be disturbed or locked');
    return { stream: init, bytes: null, type: null };
  }
  let [bytes, type] = [null, null];
  if (init instanceof URLSearchParams) [bytes, type] = [Buffer.from(String(init)), 'application/x-www-form-urlencoded;charset=UTF-8'];
  else if (init instanceof ArrayBuffer) bytes = Buffer.from(init.slice(0));
  else if (ArrayBuffer.isView(init)) bytes = Buffer.from(Buffer.from(init.buffer, init.byteOffset, init.byteLength));
  else if (init instanceof Blob) [bytes, type] = [init.arrayBuffer().then((buffer) => Buffer.from(buffer)), init.type || null];
  else if (init instanceof FormData) {
    const boundary = `----formdata-undici-${String(Math.random()).slice(2, 14).padEnd(12, '0')}`;
    [bytes, type] = [multipart(init, boundary), `multipart/form-data; boundary=${boundary}`];
  } else if (typeof init[Symbol.asyncIterator] === 'function') return { stream: ReadableStream.from(init), bytes: null, type: null };
  else [bytes, type] = [Buffer.from(String(init)), 'text/plain;charset=UTF-8'];
  return { stream: streamOf(bytes), bytes, type };
}

function streamOf(bytes) {
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      const data = await bytes;
      if (data.length > 0) controller.enqueue(new Uint8Array(data));
      controller.close();
    },
  });
}

class Body {
  #body;
  #isUsed = false;
  constructor(init) {
    this.#body = bodyOf(init);
  }
  get body() {
    return this.#body.stream;
  }
  get bodyUsed() {
    return this.#isUsed || Boolean(this.#body.stream?._inner.reader);
  }
  get _known() {
    return this.#body;
  }
  _split() {
    const { stream, bytes, type } = this.#body;
    if (stream === null) return null;
    const [left, right] = stream.tee();
    this.#body = { stream: left, bytes, type };
    return right;
  }
  async _bytes() {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.#isUsed = true;
    if (this.#body.stream === null) return Buffer.alloc(0);
    const parts = [];
    for await (const part of this.#body.stream) parts.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
    return Buffer.concat(parts);
  }
  async text() {
    return new TextDecoder().decode(await this._bytes());
  }
  async json() {
    return JSON.parse(await this.text());
  }
  async bytes() {
    return new Uint8Array(await this._bytes());
  }
  async arrayBuffer() {
    const bytes = await this._bytes();
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  }
  async blob() {
    return new Blob([await this._bytes()], { type: this.headers.get('content-type') ?? '' });
  }
  async formData() {
    const type = this.headers.get('content-type') ?? '';
    const form = new FormData();
    if (/^application\/x-www-form-urlencoded/i.test(type)) {
      for (const [name, value] of new URLSearchParams(await this.text())) form.append(name, value);
      return form;
    }
    const boundary = /^multipart\/form-data.*;\s*boundary=(?:"([^"]+)"|([^;]+))/i.exec(type);
    if (boundary === null) throw new TypeError('Response.formData: Could not parse content as FormData.');
    const whole = (await this._bytes()).toString('latin1');
    for (const part of whole.split(`--${boundary[1] ?? boundary[2]}`).slice(1, -1)) {
      const at = part.indexOf('\r\n\r\n');
      const head = Buffer.from(part.slice(0, at), 'latin1').toString();
      const data = Buffer.from(part.slice(at + 4, -2), 'latin1');
      const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
      const file = /filename="([^"]*)"/.exec(head)?.[1];
      if (file === undefined) form.append(name, data.toString());
      else form.append(name, new File([data], file, { type: /content-type:\s*(.*)/i.exec(head)?.[1].trim() ?? '' }));
    }
    return form;
  }
}

class Response extends Body {
  #facts;
  #headers;
  constructor(body = null, init = {}) {
    const status = init?.status ?? 200;
    if (!Number.isInteger(status) || status < 200 || status > 599) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    if (body !== null && body !== undefined && UNREADABLE.includes(status)) throw new TypeError(`Response constructor: Invalid response status code ${status}`);
    super(body);
    this.#facts = { status, statusText: String(init?.statusText ?? ''), type: 'default', url: '', redirected: false };
    this.#headers = new Headers(init?.headers);
    const { type } = this._known;
    if (type !== null && !this.#headers.has('content-type')) this.#headers.set('content-type', type);
  }
  static json(data, init = {}) {
    const response = new Response(JSON.stringify(data), init);
    if (!new Headers(init?.headers).has('content-type')) response.headers.set('content-type', 'application/json');
    return response;
  }
  static error() {
    const response = new Response();
    Object.assign(response.#facts, { type: 'error', status: 0 });
    return response;
  }
  static redirect(url, status = 302) {
    if (!REDIRECTS.has(status)) throw new RangeError(`Invalid status code ${status}`);
    return new Response(null, { status, headers: { location: String(new URL(url)) } });
  }
  static _received(body, status, statusText, headers, url, redirected) {
    const response = new Response(UNREADABLE.includes(status) ? null : body, { status: Math.max(status, 200), statusText, headers });
    Object.assign(response.#facts, { status, type: 'basic', url, redirected });
    return response;
  }
  get status() {
    return this.#facts.status;
  }
  get statusText() {
    return this.#facts.statusText;
  }
  get ok() {
    return this.#facts.status >= 200 && this.#facts.status < 300;
  }
  get headers() {
    return this.#headers;
  }
  get type() {
    return this.#facts.type;
  }
  get url() {
    return this.#facts.url;
  }
  get redirected() {
    return this.#facts.redirected;
  }
  clone() {
    if (this.bodyUsed) throw new TypeError('Response.clone: Body has already been consumed.');
    const copy = new Response(this._split(), { status: Math.max(this.status, 200), statusText: this.statusText, headers: this.#headers });
    copy.#facts = { ...this.#facts };
    return copy;
  }
}

class Request extends Body {
  #facts;
  #headers;
  constructor(input, init = {}) {
    const base = input instanceof Request ? input : null;
    let url;
    if (base === null) {
      try {
        url = new URL(String(input));
      } catch (error) {
        throw new TypeError(`Failed to parse URL from ${input}`, { cause: error });
      }
      if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`);
    }
    const method = String(init.method ?? base?.method ?? 'GET');
    const body = init.body ?? (base !== null && !('body' in init) ? base._split() : null);
    const upper = /^(?:delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method;
    if (body !== null && body !== undefined && (upper === 'GET' || upper === 'HEAD')) throw new TypeError('Request with GET/HEAD method cannot have body.');
    if (body instanceof ReadableStream && base === null && init.duplex === undefined) throw new TypeError('RequestInit: duplex option is required when sending a body.');
    super(body);
    this.#headers = new Headers(init.headers ?? base?.headers);
    const { type } = this._known;
    if (type !== null && !this.#headers.has('content-type')) this.#headers.set('content-type', type);
    this.#facts = {
      url: base?.url ?? url.href,
      method: upper,
      redirect: init.redirect ?? base?.redirect ?? 'follow',
      signal: init.signal ?? base?.signal ?? new AbortController().signal,
    };
  }
  get url() {
    return this.#facts.url;
  }
  get method() {
    return this.#facts.method;
  }
  get headers() {
    return this.#headers;
  }
  get redirect() {
    return this.#facts.redirect;
  }
  get signal() {
    return this.#facts.signal;
  }
  clone() {
    return new Request(this);
  }
}
for (const Class of [Headers, FormData, Response, Request]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

// One exchange: the answer's head, and a stream of its body.
function exchange(url, method, headers, bytes, stream, signal) {
  return new Promise((resolve, reject) => {
    const request = require('http').request({
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || 80,
      path: url.pathname + url.search,
      method,
      headers,
    });
    const stop = () => request.destroy(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    request.on('error', (error) => reject(error));
    request.on('response', resolve);
    if (stream !== null && bytes === null) {
      require('stream').Readable.fromWeb(stream).pipe(request);
    } else {
      request.end(bytes ?? undefined);
    }
  });
}

async function fetch(input, init = {}) {
  const request = new Request(input, init);
  const { signal } = request;
  signal.throwIfAborted();
  let url = new URL(request.url);
  if (url.protocol === 'data:') return fetchData(url);
  if (url.protocol !== 'http:') {
    const reason = url.protocol === 'https:' ? 'not there yet: https' : 'unknown scheme';
    throw new TypeError('fetch failed', { cause: new Error(reason) });
  }
  let { method } = request;
  let bytes = await request._known.bytes;
  let { stream } = request._known;
  const headers = new Headers(request.headers);
  for (let redirects = 0; ; redirects++) {
    const fields = { host: url.host, connection: 'keep-alive', ...Object.fromEntries(headers) };
    for (const [name, value] of [['accept', '*/*'], ['accept-language', '*'], ['sec-fetch-mode', 'cors'], ['user-agent', 'node'], ['accept-encoding', 'gzip, deflate']]) fields[name] ??= value;
    if (bytes !== null) fields['content-length'] = String(bytes.length);
    let answer;
    try {
      answer = await exchange(url, method, fields, bytes, stream, signal);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw new TypeError('fetch failed', { cause: error });
    }
    const { location } = answer.headers;
    if (REDIRECTS.has(answer.statusCode) && location !== undefined && request.redirect !== 'manual') {
      answer.resume();
      if (request.redirect === 'error') throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
      if (redirects === MOST_REDIRECTS) throw new TypeError('fetch failed', { cause: new Error('redirect count exceeded') });
      url = new URL(location, url);
      if (answer.statusCode === 303 || (answer.statusCode < 303 && method === 'POST')) {
        if (method !== 'HEAD') method = 'GET';
        [bytes, stream] = [null, null];
        for (const name of ['content-type', 'content-length', 'content-encoding']) headers.delete(name);
      }
      continue;
    }
    return received(answer, url, redirects > 0, signal);
  }
}

function received(answer, url, redirected, signal) {
  const zlib = require('zlib');
  const { Readable } = require('stream');
  const encoding = (answer.headers['content-encoding'] ?? '').toLowerCase();
  let body = answer;
  if (encoding === 'gzip' || encoding === 'x-gzip') body = answer.pipe(zlib.createGunzip());
  else if (encoding === 'deflate') body = answer.pipe(zlib.createInflate());
  answer.on('error', (error) => body.destroy(error));
  signal.addEventListener('abort', () => body.destroy(signal.reason), { once: true });
  const pairs = [];
  for (let at = 0; at < answer.rawHeaders.length; at += 2) pairs.push([answer.rawHeaders[at], answer.rawHeaders[at + 1]]);
  const inner = Readable.toWeb(body);
  return Response._received(inner, answer.statusCode, answer.statusMessage, pairs, url.href, redirected);
}

function fetchData(url) {
  const match = /^data:([^,]*?)(;base64)?,(.*)$/s.exec(url.href);
  if (match === null) throw new TypeError('fetch failed', { cause: new Error('invalid URL') });
  const text = decodeURIComponent(match[3]);
  const data = match[2] ? Buffer.from(text, 'base64') : Buffer.from(text);
  return Response._received(streamOf(data), 200, 'OK', { 'content-type': match[1] || 'text/plain;charset=US-ASCII' }, url.href, false);
}

module.exports = { fetch, Headers, Request, Response, FormData };
