'use strict';
const EventEmitter = require('events');
const { coded, invalidArgument, validateFunction, systemError } = require('internal/errors');

const process = Object.create(
  Object.create(EventEmitter.prototype, {
    constructor: { value: function process() {}, writable: true, configurable: true },
  }),
);
EventEmitter.call(process);
for (const name of ['_events', '_eventsCount', '_maxListeners'])
  Object.defineProperty(process, name, { enumerable: false });
Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });

const started = host.clock();
const words = host.arguments();
process.title = 'js';
process.version = 'v20.0.0';
process.versions = { node: '20.0.0', tracewright: '1' };
process.arch = 'x64';
process.platform = 'linux';
process.release = { name: 'node' };
process.argv = words;
process.execArgv = [];
process.argv0 = 'js';
process.execPath = words[0];
process.pid = selfNumber();
process.ppid = parentNumber();
process.debugPort = 9229;
process.exitCode = undefined;
process.features = { inspector: false };
process.config = { target_defaults: {}, variables: {} };

function selfNumber() {
  const text = host.readText('/proc/self/stat');
  return typeof text === 'string' ? parseInt(text, 10) : 1;
}

function parentNumber() {
  const text = host.readText('/proc/self/stat');
  return typeof text === 'string' ? Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) : 0;
}

// Variables are strings, and programs that are started have them too.
process.env = new Proxy(host.environment(), {
  set(target, name, value) {
    if (typeof name === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    target[name] = String(value);
    return true;
  },
  defineProperty(target, name, description) {
    if ('value' in description) target[name] = String(description.value);
    return true;
  },
});

process.cwd = function cwd() {
  const found = host.currentFolder();
  if (typeof found === 'number') throw systemError(found, 'uv_cwd');
  return found;
};
process.chdir = function chdir(folder) {
  if (typeof folder !== 'string') throw invalidArgument('directory', 'of type string', folder);
  const failed = host.changeFolder(folder);
  if (failed < 0) throw systemError(failed, 'chdir', process.cwd(), folder);
};
process.umask = () => 0o22;
process.uptime = () => {
  const now = host.clock();
  return now[0] - started[0] + (now[1] - started[1]) / 1e9;
};
process.hrtime = function hrtime(before) {
  const now = host.clock();
  if (before === undefined) return now;
  if (!Array.isArray(before)) throw invalidArgument('time', 'an instance of Array', before);
  let seconds = now[0] - before[0];
  let rest = now[1] - before[1];
  if (rest < 0) {
    seconds--;
    rest += 1e9;
  }
  return [seconds, rest];
};
process.hrtime.bigint = () => {
  const now = host.clock();
  return BigInt(now[0]) * BigInt(1e9) + BigInt(now[1]);
};
process.memoryUsage = function memoryUsage() {
  const text = host.readText('/proc/self/statm');
  const pages = typeof text === 'string' ? text.split(' ').map(Number) : [0, 0];
  const rss = pages[1] * 4096;
  return { rss, heapTotal: rss, heapUsed: rss, external: 0, arrayBuffers: 0 };
};
process.memoryUsage.rss = () => process.memoryUsage().rss;
process.cpuUsage = function cpuUsage(before) {
  const text = host.readText('/proc/self/stat');
  const parts = typeof text === 'string' ? text.slice(text.lastIndexOf(')') + 2).split(' ') : [];
  const user = (Number(parts[11]) || 0) * 10000;
  const system = (Number(parts[12]) || 0) * 10000;
  return before === undefined ? { user, system } : { user: user - before.user, system: system - before.system };
};
process.resourceUsage = () => ({
  userCPUTime: process.cpuUsage().user,
  systemCPUTime: process.cpuUsage().system,
  maxRSS: process.memoryUsage().rss >> 10,
});
process.getuid = process.geteuid = () => identity(/^Uid:\s+(\d+)/m);
process.getgid = process.getegid = () => identity(/^Gid:\s+(\d+)/m);
function identity(pattern) {
  const match = pattern.exec(String(host.readText('/proc/self/status')));
  return match ? Number(match[1]) : 0;
}

process.nextTick = function nextTick(callback, ...args) {
  validateFunction(callback, 'callback');
  host.tick(args.length === 0 ? callback : () => callback(...args));
};

// The end

let isExiting = false;
function exitCode(given) {
  const code = given === undefined ? process.exitCode : given;
  if (code === undefined || code === null) return undefined;
  const number = typeof code === 'string' && code !== '' ? Number(code) : code;
  if (!Number.isInteger(number)) throw invalidArgument('code', 'of type number', code);
  return number;
}
process.exit = function exit(code) {
  if (code !== undefined) process.exitCode = exitCode(code);
  process.reallyExit(leave(exitCode() ?? 0));
};
process.reallyExit = (code) => host.exit(code || 0);
process.abort = () => host.exit(134);
process.kill = (pid, signal) => {
  const { signals } = require('os').constants;
  const number = signal === undefined ? signals.SIGTERM : typeof signal === 'number' ? signal : signals[signal];
  if (number === undefined) throw coded(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
  const result = host.sendSignal(pid, number);
  if (result < 0) {
    const error = systemError(result, 'kill');
    error.message = `kill ${error.code}`;
    throw error;
  }
  return true;
};
function leave(code) {
  if (!isExiting) {
    isExiting = true;
    process._exiting = true;
    process.emit('exit', code);
  }
  return exitCode() ?? code;
}
host.handleExit((code, mayGoOn) => {
  if (code !== 0 && process.exitCode === undefined) process.exitCode = code;
  const known = exitCode() ?? code;
  if (mayGoOn) {
    process.emit('beforeExit', known);
    return known;
  }
  return leave(known);
});
host.handleUncaught((error, origin) => {
  process.emit('uncaughtExceptionMonitor', error, origin);
  if (captured !== null) {
    captured(error);
    return true;
  }
  return process.emit('uncaughtException', error, origin);
});
host.handleRejection((reason, promise) => process.emit('unhandledRejection', reason, promise));
let captured = null;
process.setUncaughtExceptionCaptureCallback = (callback) => {
  captured = callback;
};
process.hasUncaughtExceptionCaptureCallback = () => captured !== null;
process.emitWarning = function emitWarning(warning, type, code) {
  let name = type;
  if (typeof type === 'object' && type !== null) {
    name = type.type;
    code = type.code;
  }
  const error = warning instanceof Error ? warning : new Error(warning);
  if (!(warning instanceof Error)) error.name = name || 'Warning';
  if (code !== undefined) error.code = code;
  if (process.noDeprecation && error.name === 'DeprecationWarning') return;
  process.nextTick(() => {
    process.emit('warning', error);
    const shown = error.code ? `[${error.code}] ` : '';
    host.writeOut(2, host.encode(`(js:${process.pid}) ${shown}${error.name}: ${error.message}\n`));
  });
};

// Standard streams

function outputStream(descriptor) {
  const { Writable } = require('stream');
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, encoding, done) {
      host.writeOut(
        descriptor,
        typeof chunk === 'string' ? host.encode(chunk) : require('internal/bytes').binary(chunk),
      );
      done();
    },
  });
  stream.fd = descriptor;
  stream._type = host.isTerminal(descriptor) ? 'tty' : 'pipe';
  // The text is with the system, in its order, when `write` returns.
  stream.write = function write(chunk, encoding, done) {
    if (typeof encoding === 'function') done = encoding;
    if (typeof chunk === 'string')
      host.writeOut(descriptor, encoding === 'latin1' || encoding === 'binary' ? chunk : host.encode(chunk));
    else if (chunk !== null && typeof chunk === 'object' && chunk.BYTES_PER_ELEMENT === 1)
      host.writeOut(descriptor, require('internal/bytes').binary(chunk));
    else throw invalidArgument('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  if (host.isTerminal(descriptor)) {
    stream.isTTY = true;
    stream.columns = host.columns();
    stream.rows = 24;
    stream.getColorDepth = () => 8;
    stream.hasColors = () => true;
    stream.getWindowSize = () => [stream.columns, stream.rows];
  }
  return stream;
}

function inputStream() {
  const { Readable } = require('stream');
  let isReading = false;
  const stream = new Readable({
    read() {
      if (isReading) return;
      isReading = true;
      require('timers').setImmediate(() => {
        isReading = false;
        const line = host.readLine();
        if (line === '') stream.push(null);
        else stream.push(require('internal/bytes').fromBinary(line));
      });
    },
  });
  stream.fd = 0;
  if (host.isTerminal(0)) {
    stream.isTTY = true;
    stream.setRawMode = () => stream;
  }
  stream.ref = stream.unref = () => stream;
  return stream;
}

function lazily(name, make) {
  let known;
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      known ??= make();
      return known;
    },
    set(value) {
      known = value;
    },
  });
}
lazily('stdout', () => outputStream(1));
lazily('stderr', () => outputStream(2));
lazily('stdin', inputStream);
Object.defineProperty(process, 'mainModule', { configurable: true, get: () => undefined });
process.binding = (name) => {
  throw coded(Error, 'ERR_INVALID_MODULE', `No such module: ${name}`);
};

module.exports = process;
