'use strict';
// Programs that run beside this one.
const EventEmitter = require('events');
const process = require('process');
const { coded, invalidArgument, systemError, validateString } = require('internal/errors');
const { TO_READ, Waiting, ReadingEnd, WritingEnd } = require('internal/descriptors');

const SIGNALS = require('os').constants.signals;
const [PIPE, NOTHING] = [-1, -2]; // in place of descriptors
const MOST_BYTES = 1024 * 1024;

const signalName = (number) => Object.keys(SIGNALS).find((name) => SIGNALS[name] === number) ?? `SIG${number}`;

function signalNumber(signal) {
  if (signal === undefined || signal === null) return SIGNALS.SIGTERM;
  if (typeof signal === 'number') return signal;
  const number = SIGNALS[String(signal).toUpperCase()];
  if (number === undefined) throw coded(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
  return number;
}

// What each descriptor of the program is to be: of `stdio`, as programs give it.
function descriptorsOf(stdio) {
  const given = typeof stdio === 'string' ? [stdio, stdio, stdio] : [...(stdio ?? [])];
  while (given.length < 3) given.push('pipe');
  return given.map((each, index) => {
    if (each === 'pipe' || each === 'overlapped' || each === undefined || each === null) return index < 3 || each === 'pipe' ? PIPE : NOTHING;
    if (each === 'ignore') return NOTHING;
    if (each === 'inherit') return index;
    if (typeof each === 'number') return each;
    if (each === 'ipc') throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'not there yet: messages between processes');
    if (typeof each?.fd === 'number' && each.fd >= 0) return each.fd;
    throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'stdio' is invalid. Received ${host.inspect(each, {})}`);
  });
}

class ChildProcess extends EventEmitter {
  constructor() {
    super();
    this.pid = undefined;
    this.exitCode = null;
    this.signalCode = null;
    this.killed = false;
    this.connected = false;
    this.spawnfile = null;
    this.spawnargs = [];
    this.stdin = this.stdout = this.stderr = null;
    this.stdio = [null, null, null];
    Object.defineProperty(this, 'exiting', { value: null, writable: true });
    Object.defineProperty(this, 'open', { value: 0, writable: true });
  }
  spawn({ file, args, envPairs, cwd, stdio, detached }) {
    this.spawnfile = file;
    this.spawnargs = args;
    const words = [file, ...args.slice(1)];
    const result = host.spawn(words, envPairs, cwd === undefined ? '' : String(cwd), descriptorsOf(stdio), Boolean(detached));
    if (typeof result === 'number') {
      this.fail(result);
      return result;
    }
    const [pid, exitDescriptor, ...ends] = result;
    this.pid = pid;
    this.stdio = ends.map((end, index) => (end < 0 ? null : index === 0 ? new WritingEnd(end) : new ReadingEnd(end)));
    [this.stdin, this.stdout, this.stderr] = this.stdio;
    this.stdin?.on('error', () => {});
    this.open = 1;
    for (const stream of this.stdio.slice(1)) {
      if (stream === null) continue;
      this.open++;
      stream.once('close', () => this.closed());
    }
    this.exiting = new Waiting(exitDescriptor, TO_READ, () => this.ended());
    this.exiting.start();
    process.nextTick(() => this.emit('spawn'));
    return 0;
  }
  fail(number) {
    const error = systemError(number, `spawn ${this.spawnfile}`);
    error.message = `spawn ${this.spawnfile} ${error.code}`;
    error.path = this.spawnfile;
    error.spawnargs = this.spawnargs.slice(1);
    const { PassThrough } = require('stream');
    this.stdio = [new PassThrough(), new PassThrough(), new PassThrough()];
    [this.stdin, this.stdout, this.stderr] = this.stdio;
    this.exitCode = number;
    process.nextTick(() => {
      this.emit('error', error);
      for (const stream of this.stdio) stream.destroy();
      this.emit('close', number, null);
    });
  }
  ended() {
    const code = host.exitOf(this.pid);
    if (code === undefined) return;
    this.exiting.stop();
    host.close(this.exiting.descriptor);
    this.exiting = null;
    if (code < 0) this.signalCode = signalName(-code);
    else this.exitCode = code;
    this.stdin?.destroy();
    this.emit('exit', this.exitCode, this.signalCode);
    // What nobody reads is read to its end, so that it can be closed.
    for (const stream of this.stdio.slice(1)) {
      if (stream !== null && !stream.readableFlowing && stream.listenerCount('readable') === 0 && !stream.readableEnded) stream.resume();
    }
    this.closed();
  }
  closed() {
    this.open--;
    if (this.open === 0) this.emit('close', this.exitCode, this.signalCode);
  }
  kill(signal) {
    const number = signalNumber(signal);
    if (this.exiting === null) return false;
    const isSent = host.sendSignal(this.pid, number) === 0;
    if (isSent && number !== 0) this.killed = true;
    return isSent;
  }
  ref() {
    this.exiting?.need(true);
  }
  unref() {
    this.exiting?.need(false);
  }
  [Symbol.dispose ?? Symbol('dispose')]() {
    this.kill();
  }
}

function parsed(file, args, options) {
  validateString(file, 'file');
  if (file.length === 0) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'file' cannot be empty. Received ''`);
  if (!Array.isArray(args)) {
    if (args !== undefined && args !== null && typeof args !== 'object') throw invalidArgument('args', 'of type object', args);
    if (args !== undefined && args !== null) options = args;
    args = [];
  }
  options = { ...options };
  const words = args.map(String);
  const env = options.env ?? process.env;
  const envPairs = Object.keys(env).filter((name) => env[name] !== undefined).map((name) => `${name}=${env[name]}`);
  if (options.shell) {
    const shell = typeof options.shell === 'string' ? options.shell : '/bin/sh';
    return { ...options, file: shell, args: [options.argv0 ?? shell, '-c', [file, ...words].join(' ')], envPairs };
  }
  return { ...options, file, args: [options.argv0 ?? file, ...words], envPairs };
}

function watchSignal(child, signal, killSignal) {
  if (!signal) return;
  const stop = () => {
    if (child.kill(killSignal)) child.emit('error', require('internal/children').abortError(signal));
  };
  if (signal.aborted) process.nextTick(stop);
  else {
    signal.addEventListener('abort', stop, { once: true });
    child.once('exit', () => signal.removeEventListener('abort', stop));
  }
}

function abortError(signal) {
  const error = new Error('The operation was aborted', signal.reason === undefined ? undefined : { cause: signal.reason });
  error.name = 'AbortError';
  error.code = 'ABORT_ERR';
  return error;
}

function spawn(file, args, options) {
  const settings = parsed(file, args, options);
  const child = new ChildProcess();
  const code = child.spawn(settings);
  if (code === 0) {
    if (settings.timeout > 0) {
      const timer = setTimeout(() => child.kill(settings.killSignal), settings.timeout);
      child.once('exit', () => clearTimeout(timer));
    }
    watchSignal(child, settings.signal, settings.killSignal);
  }
  return child;
}

// Collects what a program says, and tells a function when it has ended.
function execFile(file, ...rest) {
  const callback = rest.find((each) => typeof each === 'function');
  const args = rest.find(Array.isArray) ?? [];
  const options = { encoding: 'utf8', timeout: 0, maxBuffer: MOST_BYTES, killSignal: 'SIGTERM', shell: false, ...rest.find((each) => typeof each === 'object' && each !== null && !Array.isArray(each)) };
  const child = spawn(file, args, { ...options, stdio: 'pipe', timeout: 0, signal: undefined });
  watchSignal(child, options.signal, options.killSignal);
  const command = options.command ?? [file, ...args].join(' ');
  const parts = { stdout: [], stderr: [] };
  const lengths = { stdout: 0, stderr: 0 };
  let failure = null;
  let isOver = false;
  const isText = options.encoding && options.encoding !== 'buffer';
  const whole = (name) => (isText ? parts[name].join('') : require('buffer').Buffer.concat(parts[name]));
  const stop = () => {
    child.stdout.destroy();
    child.stderr.destroy();
    child.kill(options.killSignal);
  };
  const finish = (code, signal) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    const [stdout, stderr] = [whole('stdout'), whole('stderr')];
    if (failure === null && (code !== 0 || signal !== null)) {
      failure = new Error(`Command failed: ${command}\n${stderr}`);
      failure.code = code < 0 ? code : code;
      failure.killed = child.killed;
      failure.signal = signal;
    }
    if (failure !== null && !failure.cmd) failure.cmd = command;
    callback?.(failure, stdout, stderr);
  };
  const timer = options.timeout > 0 ? setTimeout(stop, options.timeout) : undefined;
  for (const name of ['stdout', 'stderr']) {
    if (isText) child[name].setEncoding(options.encoding);
    child[name].on('data', (chunk) => {
      lengths[name] += chunk.length;
      if (lengths[name] <= options.maxBuffer) {
        parts[name].push(chunk);
      } else {
        parts[name].push(chunk.slice(0, options.maxBuffer - (lengths[name] - chunk.length)));
        failure ??= coded(RangeError, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER', `${name} maxBuffer length exceeded`);
        stop();
      }
    });
  }
  child.on('close', finish);
  child.on('error', (error) => {
    failure = error;
    stop();
    finish(null, null);
  });
  return child;
}

function exec(command, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  validateString(command, 'command');
  const shell = typeof options?.shell === 'string' ? options.shell : '/bin/sh';
  return execFile(shell, ['-c', command], { ...options, shell: false, command }, callback);
}

const promisified = Symbol.for('nodejs.util.promisify.custom');
for (const work of [exec, execFile]) {
  Object.defineProperty(work, promisified, {
    value: (...args) => {
      let child;
      const promise = new Promise((resolve, reject) => {
        child = work(...args, (error, stdout, stderr) => {
          if (error !== null) reject(Object.assign(error, { stdout, stderr }));
          else resolve({ stdout, stderr });
        });
      });
      promise.child = child;
      return promise;
    },
  });
}

// A program of this engine, without messages.
function fork(path, args, options) {
  if (!Array.isArray(args)) [args, options] = [[], args];
  const child = spawn(process.execPath, [...(options?.execArgv ?? []), path, ...args], { stdio: options?.silent ? 'pipe' : 'inherit', ...options });
  child.send = () => {
    throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'not there yet: messages between processes');
  };
  return child;
}

module.exports = { spawn, exec, execFile, fork, ChildProcess, signalName, abortError };
