'use strict';
// Addresses as the WHATWG standard has them, for the schemes that programs use; and the older forms of node.
const { coded, invalidArgument } = require('internal/errors');

const PORTS = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': '' };
const PATH = /[^!$&'()*+,\-./0-9:;=@A-Z[\\\]_a-z|~%^]/gu;
const QUERY = /[^!$&()*+,\-./0-9:;=?@A-Z[\\\]_a-z{|}~%^`]/gu;
const FRAGMENT = /[^!#$&'()*+,\-./0-9:;=?@A-Z[\\\]_a-z{|}~%^]/gu;
const USER = /[^!$&()*+,\-.0-9A-Z_a-z~%']/gu;

function escaped(text, pattern) {
  return text
    .toWellFormed()
    .replace(pattern, (each) =>
      encodeURIComponent(each).replace(/[!'()*]/g, (unit) => (each === unit ? hex(unit) : unit)),
    );
}

function hex(unit) {
  return '%' + unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
}

function invalid(input, base) {
  const error = coded(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
  error.input = input;
  if (base !== undefined) error.base = base;
  return error;
}

function parseHost(text, isSpecial, input) {
  if (text.startsWith('[')) {
    if (!/^\[[0-9a-fA-F:.]+\]$/.test(text)) throw invalid(input);
    return text.toLowerCase();
  }
  if (!isSpecial) return text;
  let host;
  try {
    host = decodeURIComponent(text).toLowerCase();
  } catch {
    throw invalid(input);
  }
  if (host === '' || /[\0\t\n\r #%/:<>?@[\\\]^|]/.test(host)) throw invalid(input);
  if (/^[0-9.x]+$/.test(host) && /^(0x[0-9a-f]*|[0-9]+)$/.test(host.split('.').filter(Boolean).pop() ?? ''))
    return parseAddress(host, input);
  return host;
}

function parseAddress(text, input) {
  const parts = text.replace(/\.$/, '').split('.');
  if (parts.length > 4) throw invalid(input);
  const numbers = parts.map((part) =>
    /^0x/.test(part) ? parseInt(part, 16) || 0 : part.length > 1 && part[0] === '0' ? parseInt(part, 8) : Number(part),
  );
  if (numbers.some(Number.isNaN)) throw invalid(input);
  let value = numbers.pop();
  numbers.forEach((number, index) => {
    if (number > 255) throw invalid(input);
    value += number * 256 ** (3 - index);
  });
  if (value >= 2 ** 32) throw invalid(input);
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function parsePath(text, isSpecial, before) {
  const parts = [...before];
  const words = (isSpecial ? text.replaceAll('\\', '/') : text).split('/');
  words.forEach((word, index) => {
    const isLast = index === words.length - 1;
    const plain = word.toLowerCase().replaceAll('%2e', '.');
    if (plain === '..') {
      parts.pop();
      if (isLast) parts.push('');
    } else if (plain === '.') {
      if (isLast) parts.push('');
    } else parts.push(escaped(word, PATH));
  });
  return parts;
}

// The parts of an address: `{protocol, username, password, host, port, path, query, fragment}`; an opaque path is a string.
function parse(input, base) {
  let text = input.replace(/^[\0- ]+|[\0- ]+$/g, '').replace(/[\t\n\r]/g, '');
  const url = { protocol: '', username: '', password: '', host: null, port: '', path: [], query: null, fragment: null };
  const hash = text.indexOf('#');
  if (hash >= 0) {
    url.fragment = escaped(text.slice(hash + 1), FRAGMENT);
    text = text.slice(0, hash);
  }
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text);
  if (scheme === null) {
    if (base === undefined) throw invalid(input);
    return relative(url, text, base, input);
  }
  url.protocol = scheme[0].toLowerCase();
  let rest = text.slice(scheme[0].length);
  const isSpecial = url.protocol in PORTS;
  if (isSpecial && base !== undefined && base.protocol === url.protocol && !/^[/\\]/.test(rest))
    return relative(url, rest, base, input);
  const mark = rest.indexOf('?');
  if (mark >= 0) {
    url.query = escaped(rest.slice(mark + 1), isSpecial ? /[^!$&()*+,\-./0-9:;=?@A-Z[\\\]_a-z{|}~%^`]/gu : QUERY);
    rest = rest.slice(0, mark);
  }
  if (isSpecial) {
    rest = rest.replaceAll('\\', '/');
    if (url.protocol === 'file:') {
      if (rest.startsWith('//')) {
        const end = rest.indexOf('/', 2);
        const name = rest.slice(2, end < 0 ? undefined : end);
        url.host = name === '' || name === 'localhost' ? '' : parseHost(name, true, input);
        rest = end < 0 ? '' : rest.slice(end);
      } else url.host = '';
    } else rest = authority(url, rest.replace(/^\/*/, ''), true, input);
  } else if (rest.startsWith('//')) rest = authority(url, rest.slice(2), false, input);
  else if (!rest.startsWith('/')) {
    url.path = rest.replace(/[\0-\x1f\x7f-\uffff]+/g, (each) => encodeURIComponent(each.toWellFormed()));
    return url;
  }
  if (rest === '' && !isSpecial) return url;
  url.path = parsePath(rest.replace(/^\//, ''), isSpecial, []);
  return url;
}

function authority(url, text, isSpecial, input) {
  const end = text.search(/\//);
  let name = end < 0 ? text : text.slice(0, end);
  const at = name.lastIndexOf('@');
  if (at >= 0) {
    const [, user, password] = /^([^:]*):?(.*)$/s.exec(name.slice(0, at));
    url.username = escaped(user, USER);
    url.password = escaped(password, USER);
    name = name.slice(at + 1);
  }
  const port = /:([0-9]*)$/.exec(name);
  if (port !== null) {
    name = name.slice(0, port.index);
    if (port[1] !== '') {
      if (Number(port[1]) > 65535) throw invalid(input);
      url.port = String(Number(port[1]));
      if (url.port === PORTS[url.protocol]) url.port = '';
    }
  } else if (/:[^\]]*$/.test(name) && !name.endsWith(']')) throw invalid(input);
  url.host = parseHost(name, isSpecial, input);
  return end < 0 ? '' : text.slice(end);
}

function relative(url, text, base, input) {
  const isSpecial = base.protocol in PORTS;
  url.protocol = base.protocol;
  if (typeof base.path === 'string') {
    if (text !== '') throw invalid(input);
    return { ...base, fragment: url.fragment };
  }
  const slashed = isSpecial ? text.replaceAll('\\', '/') : text;
  if (slashed.startsWith('//')) return { ...parse(base.protocol + slashed), fragment: url.fragment };
  const mark = text.indexOf('?');
  let path = mark < 0 ? text : text.slice(0, mark);
  Object.assign(url, { username: base.username, password: base.password, host: base.host, port: base.port });
  if (mark >= 0) url.query = escaped(text.slice(mark + 1), QUERY);
  if (path === '') {
    url.path = [...base.path];
    if (mark < 0) url.query = base.query;
    return url;
  }
  if (isSpecial) path = path.replaceAll('\\', '/');
  url.path = path.startsWith('/')
    ? parsePath(path.slice(1), isSpecial, [])
    : parsePath(path, isSpecial, base.path.slice(0, -1));
  return url;
}

class URL {
  #parts;
  #parameters = null;
  constructor(input, base = undefined) {
    if (arguments.length === 0) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "url" argument must be specified');
    const text = `${input}`;
    this.#parts = parse(text, base === undefined ? undefined : parse(`${base}`));
  }
  static canParse(input, base) {
    try {
      return new URL(input, base) !== null;
    } catch {
      return false;
    }
  }
  #path() {
    const { path } = this.#parts;
    if (typeof path === 'string') return path;
    return path.length === 0 ? '' : '/' + path.join('/');
  }
  get href() {
    const { protocol, username, password, host, path, query, fragment } = this.#parts;
    let text = protocol;
    if (host !== null) {
      text += '//';
      if (username !== '' || password !== '') text += username + (password === '' ? '' : ':' + password) + '@';
      text += this.host;
    } else if (Array.isArray(path) && path.length > 1 && path[0] === '') text += '/.';
    text += this.#path();
    if (query !== null) text += '?' + query;
    return fragment === null ? text : text + '#' + fragment;
  }
  set href(value) {
    this.#parts = parse(`${value}`);
    this.#refresh();
  }
  get origin() {
    const { protocol } = this.#parts;
    return protocol in PORTS && protocol !== 'file:' ? `${protocol}//${this.host}` : 'null';
  }
  get protocol() {
    return this.#parts.protocol;
  }
  set protocol(value) {
    const found = /^([a-zA-Z][a-zA-Z0-9+.-]*):?/.exec(`${value}`);
    if (found === null) return;
    const scheme = found[1].toLowerCase() + ':';
    if (scheme in PORTS !== this.#parts.protocol in PORTS) return;
    this.#parts.protocol = scheme;
    if (this.#parts.port === PORTS[scheme]) this.#parts.port = '';
  }
  get username() {
    return this.#parts.username;
  }
  set username(value) {
    if (this.#parts.host) this.#parts.username = escaped(`${value}`, USER);
  }
  get password() {
    return this.#parts.password;
  }
  set password(value) {
    if (this.#parts.host) this.#parts.password = escaped(`${value}`, USER);
  }
  get host() {
    const { host, port } = this.#parts;
    return (host ?? '') + (port === '' ? '' : ':' + port);
  }
  set host(value) {
    const copy = { ...this.#parts };
    try {
      authority(copy, `${value}`, copy.protocol in PORTS, '');
      this.#parts.host = copy.host;
      this.#parts.port = copy.port;
    } catch {
      return;
    }
  }
  get hostname() {
    return this.#parts.host ?? '';
  }
  set hostname(value) {
    try {
      this.#parts.host = parseHost(`${value}`, this.#parts.protocol in PORTS, '');
    } catch {
      return;
    }
  }
  get port() {
    return this.#parts.port;
  }
  set port(value) {
    const digits = /^[0-9]*/.exec(`${value}`)[0];
    if (`${value}` !== '' && (digits === '' || Number(digits) > 65535)) return;
    this.#parts.port = digits === '' || digits === PORTS[this.#parts.protocol] ? '' : String(Number(digits));
  }
  get pathname() {
    return this.#path();
  }
  set pathname(value) {
    if (typeof this.#parts.path === 'string') return;
    this.#parts.path = parsePath(
      `${value}`.replace(/^[/\\]/, '').replace(/[?#]/g, hex),
      this.#parts.protocol in PORTS,
      [],
    );
  }
  get search() {
    return this.#parts.query ? '?' + this.#parts.query : '';
  }
  set search(value) {
    const text = `${value}`.replace(/^\?/, '');
    this.#parts.query = `${value}` === '' ? null : escaped(text, QUERY).replaceAll('#', '%23');
    this.#refresh();
  }
  get hash() {
    return this.#parts.fragment ? '#' + this.#parts.fragment : '';
  }
  set hash(value) {
    this.#parts.fragment = `${value}` === '' ? null : escaped(`${value}`.replace(/^#/, ''), FRAGMENT);
  }
  get searchParams() {
    if (this.#parameters === null) {
      this.#parameters = new URLSearchParams(this.#parts.query ?? '');
      this.#parameters[CHANGED] = () => {
        const text = this.#parameters.toString();
        this.#parts.query = text === '' ? null : text;
      };
    }
    return this.#parameters;
  }
  #refresh() {
    if (this.#parameters !== null) this.#parameters[REPLACE](this.#parts.query ?? '');
  }
  toString() {
    return this.href;
  }
  toJSON() {
    return this.href;
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = {};
    for (const name of [
      'href',
      'origin',
      'protocol',
      'username',
      'password',
      'host',
      'hostname',
      'port',
      'pathname',
      'search',
      'searchParams',
      'hash',
    ])
      shown[name] = this[name];
    return `${this.constructor.name} ${host.inspect(shown, options)}`;
  }
}
for (const name of [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'searchParams',
  'hash',
  'toString',
  'toJSON',
]) {
  Object.defineProperty(URL.prototype, name, {
    ...Object.getOwnPropertyDescriptor(URL.prototype, name),
    enumerable: true,
  });
}
Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });

const CHANGED = Symbol('changed');
const REPLACE = Symbol('replace');

function decodePlus(text) {
  const bytes = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(bytes);
  } catch {
    return host.decode(
      host.encode(bytes).replace(/%([0-9a-fA-F]{2})/g, (_, digits) => String.fromCharCode(parseInt(digits, 16))),
    );
  }
}

function encodePlus(text) {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()~]/g, hex)
    .replaceAll('%20', '+');
}

class URLSearchParams {
  #list = [];
  constructor(init = undefined) {
    Object.defineProperty(this, CHANGED, { value: () => {}, writable: true, enumerable: false });
    if (init === undefined || init === null) return;
    if (typeof init === 'object' || typeof init === 'function') {
      if (typeof init[Symbol.iterator] === 'function') {
        for (const pair of init) {
          const both = [...pair];
          if (both.length !== 2)
            throw coded(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
          this.#list.push([`${both[0]}`, `${both[1]}`]);
        }
      } else
        for (const key of Reflect.ownKeys(init))
          if (typeof key === 'string') this.#list.push([key.toWellFormed(), `${init[key]}`]);
    } else this[REPLACE](`${init}`.replace(/^\?/, ''));
  }
  [REPLACE](text) {
    this.#list = [];
    for (const part of text.split('&')) {
      if (part === '') continue;
      const equals = part.indexOf('=');
      this.#list.push(
        equals < 0 ? [decodePlus(part), ''] : [decodePlus(part.slice(0, equals)), decodePlus(part.slice(equals + 1))],
      );
    }
  }
  get size() {
    return this.#list.length;
  }
  append(name, value) {
    this.#list.push([`${name}`, `${value}`]);
    this[CHANGED]();
  }
  delete(name, value = undefined) {
    this.#list = this.#list.filter((pair) => pair[0] !== `${name}` || (value !== undefined && pair[1] !== `${value}`));
    this[CHANGED]();
  }
  get(name) {
    const found = this.#list.find((pair) => pair[0] === `${name}`);
    return found === undefined ? null : found[1];
  }
  getAll(name) {
    return this.#list.filter((pair) => pair[0] === `${name}`).map((pair) => pair[1]);
  }
  has(name, value = undefined) {
    return this.#list.some((pair) => pair[0] === `${name}` && (value === undefined || pair[1] === `${value}`));
  }
  set(name, value) {
    const first = this.#list.findIndex((pair) => pair[0] === `${name}`);
    if (first < 0) this.#list.push([`${name}`, `${value}`]);
    else {
      this.#list[first][1] = `${value}`;
      this.#list = this.#list.filter((pair, index) => index <= first || pair[0] !== `${name}`);
    }
    this[CHANGED]();
  }
  sort() {
    this.#list.sort((left, right) => (left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0));
    this[CHANGED]();
  }
  forEach(callback, receiver = undefined) {
    for (const [name, value] of this.#list) callback.call(receiver, value, name, this);
  }
  *entries() {
    for (const [name, value] of this.#list) yield [name, value];
  }
  *keys() {
    for (const [name] of this.#list) yield name;
  }
  *values() {
    for (const [, value] of this.#list) yield value;
  }
  toString() {
    return this.#list.map(([name, value]) => `${encodePlus(name)}=${encodePlus(value)}`).join('&');
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (this.#list.length === 0) return 'URLSearchParams {}';
    const parts = this.#list.map(
      ([name, value]) => `${host.inspect(name, options)} => ${host.inspect(value, options)}`,
    );
    const line = parts.join(', ');
    return line.length > 66 ? `URLSearchParams {\n  ${parts.join(',\n  ')} }` : `URLSearchParams { ${line} }`;
  }
}
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, {
  value: URLSearchParams.prototype.entries,
  writable: true,
  configurable: true,
});
Object.defineProperty(URLSearchParams.prototype, Symbol.toStringTag, { value: 'URLSearchParams', configurable: true });

function fileURLToPath(value) {
  const url = typeof value === 'string' ? new URL(value) : value;
  if (url === null || typeof url !== 'object' || typeof url.href !== 'string')
    throw invalidArgument('path', 'of type string or an instance of URL', value);
  if (url.protocol !== 'file:') throw coded(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (url.hostname !== '')
    throw coded(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(url.pathname))
    throw coded(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  return decodeURIComponent(url.pathname);
}

function pathToFileURL(file) {
  const { resolve } = require('path');
  let full = resolve(file);
  if (file.endsWith('/') && full !== '/') full += '/';
  const url = new URL('file:///');
  url.pathname = full.replace(/[%\\\n\r\t]/g, hex);
  return url;
}

// `url.parse` and what belongs to it: fields that are null where there is nothing.
function legacyParse(text, parsesQuery = false, slashesDenoteHost = false) {
  const found = /^([a-zA-Z][a-zA-Z0-9+.-]*:)?(\/\/)?/.exec(text.trim());
  const result = {
    protocol: found[1] ? found[1].toLowerCase() : null,
    slashes: null,
    auth: null,
    host: null,
    port: null,
    hostname: null,
    hash: null,
    search: null,
    query: null,
    pathname: null,
    path: null,
    href: '',
  };
  let rest = text.trim().slice(found[1] ? found[1].length : 0);
  if (found[2] && (found[1] || slashesDenoteHost)) {
    result.slashes = true;
    const end = rest.slice(2).search(/[/?#]/);
    let name = end < 0 ? rest.slice(2) : rest.slice(2, end + 2);
    rest = end < 0 ? '' : rest.slice(end + 2);
    const at = name.lastIndexOf('@');
    if (at >= 0) {
      result.auth = decodeURIComponent(name.slice(0, at));
      name = name.slice(at + 1);
    }
    const port = /:([0-9]+)$/.exec(name);
    if (port) {
      result.port = port[1];
      name = name.slice(0, port.index);
    }
    result.hostname = name.toLowerCase();
    result.host = result.hostname + (result.port ? ':' + result.port : '');
    if (rest === '' && result.protocol in PORTS) rest = '/';
    else if (!rest.startsWith('/') && result.protocol in PORTS) rest = '/' + rest;
  }
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    result.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const mark = rest.indexOf('?');
  if (mark >= 0) {
    result.search = rest.slice(mark);
    result.query = rest.slice(mark + 1);
    rest = rest.slice(0, mark);
  }
  if (parsesQuery) result.query = require('querystring').parse(result.query ?? '');
  result.pathname = rest === '' ? null : rest;
  result.path =
    result.pathname === null && result.search === null ? null : (result.pathname ?? '') + (result.search ?? '');
  result.href = format(result);
  return Object.assign(new Url(), result);
}

function Url() {}

function format(value, options) {
  if (typeof value === 'string') value = legacyParse(value);
  if (value instanceof URL) {
    const copy = new URL(value.href);
    if (options?.fragment === false) copy.hash = '';
    if (options?.search === false) copy.search = '';
    return copy.href;
  }
  let protocol = value.protocol || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  let place = '';
  const auth = value.auth ? encodeURIComponent(value.auth).replace(/%3A/i, ':') + '@' : '';
  if (value.host) place = auth + value.host;
  else if (value.hostname) place = auth + value.hostname + (value.port ? ':' + value.port : '');
  let query = value.search || '';
  if (!query && value.query && typeof value.query === 'object' && Object.keys(value.query).length > 0)
    query = '?' + require('querystring').stringify(value.query);
  if (query && !query.startsWith('?')) query = '?' + query;
  let hash = value.hash || '';
  if (hash && !hash.startsWith('#')) hash = '#' + hash;
  let path = value.pathname || '';
  if (value.slashes || ((protocol === '' || protocol in PORTS) && place !== '')) {
    place = '//' + place;
    if (path && !path.startsWith('/')) path = '/' + path;
  }
  return protocol + place + path.replace(/[?#]/g, encodeURIComponent) + query.replace('#', '%23') + hash;
}

function resolve(from, to) {
  const base = new URL(from, 'resolve://x/');
  const found = new URL(to, base);
  if (found.protocol !== 'resolve:') return found.href;
  return found.href.slice('resolve://x'.length).replace(from.startsWith('/') || to.startsWith('/') ? /$^/ : /^\//, '');
}

Url.prototype.format = function () {
  return format(this);
};
Url.prototype.resolve = function (to) {
  return resolve(this.href, to);
};

module.exports = {
  URL,
  URLSearchParams,
  fileURLToPath,
  pathToFileURL,
  parse: legacyParse,
  format,
  resolve,
  Url,
  domainToASCII: (name) => name.toLowerCase(),
  domainToUnicode: (name) => name,
  urlToHttpOptions: (url) => ({
    protocol: url.protocol,
    hostname: url.hostname,
    hash: url.hash,
    search: url.search,
    pathname: url.pathname,
    path: url.pathname + url.search,
    href: url.href,
    port: url.port === '' ? undefined : Number(url.port),
  }),
};
