'use strict';
// Other programs: beside this one (`internal/children`), or to their end while this one waits.
const { systemError, validateString } = require('internal/errors');
const process = require('process');
const { spawn, exec, execFile, fork, ChildProcess, signalName } = require('internal/children');

const MOST_BYTES = 1024 * 1024;

function bytesOf(input) {
  if (input === undefined || input === null) return '';
  return typeof input === 'string' ? host.encode(input) : require('internal/bytes').binary(input);
}

function form(text, encoding) {
  if (encoding === undefined || encoding === 'buffer') return require('internal/bytes').fromBinary(text);
  return encoding === 'utf8' || encoding === 'utf-8'
    ? host.decode(text)
    : require('internal/bytes').fromBinary(text).toString(encoding);
}

function inherits(stdio, index) {
  return stdio === 'inherit' || (Array.isArray(stdio) && (stdio[index] === 'inherit' || stdio[index] === index));
}

function spawnSync(file, args, options) {
  validateString(file, 'file');
  if (args !== undefined && args !== null && !Array.isArray(args)) [args, options] = [undefined, args];
  options = options ?? {};
  let words = [file, ...(args ?? []).map(String)];
  if (options.shell) words = [typeof options.shell === 'string' ? options.shell : '/bin/sh', '-c', words.join(' ')];
  const variables = Object.entries(options.env ?? process.env).map(([name, value]) => `${name}=${value}`);
  const before = process.cwd();
  let result;
  if (options.cwd !== undefined) process.chdir(String(options.cwd));
  try {
    const limit = options.maxBuffer === Infinity ? -1 : (options.maxBuffer ?? MOST_BYTES);
    let input = bytesOf(options.input);
    if (options.input === undefined && inherits(options.stdio, 0)) input = host.read(0, -1, -1);
    result = host.run(words, variables, input, options.timeout ?? 0, limit);
  } finally {
    if (options.cwd !== undefined) process.chdir(before);
  }
  if (typeof result === 'number') {
    const error = systemError(result, `spawnSync ${file}`);
    error.message = `spawnSync ${file} ${error.code}`;
    error.path = file;
    error.spawnargs = words.slice(1);
    return { pid: 0, output: null, stdout: null, stderr: null, status: null, signal: null, error };
  }
  const [code, output, errors, timedOut] = result;
  if (inherits(options.stdio, 1)) host.writeOut(1, output);
  if (inherits(options.stdio, 2)) host.writeOut(2, errors);
  const stdout = inherits(options.stdio, 1) ? null : form(output, options.encoding);
  const stderr = inherits(options.stdio, 2) ? null : form(errors, options.encoding);
  const found = {
    pid: 0,
    output: [null, stdout, stderr],
    stdout,
    stderr,
    status: code >= 0 ? code : null,
    signal: code < 0 ? signalName(-code) : null,
  };
  if (timedOut) {
    found.error = Object.assign(new Error(`spawnSync ${file} ETIMEDOUT`), {
      errno: -110,
      code: 'ETIMEDOUT',
      syscall: `spawnSync ${file}`,
      path: file,
      spawnargs: words.slice(1),
    });
    found.status = null;
    found.signal = 'SIGTERM';
  }
  return found;
}

function checked(result, command) {
  if (result.error !== undefined) throw Object.assign(result.error, result, { error: result.error });
  if (result.status !== 0) {
    let message = `Command failed: ${command}`;
    const errors = result.stderr === null ? '' : String(result.stderr);
    if (errors.length > 0) message += `\n${errors}`;
    const error = new Error(message);
    Object.assign(error, {
      status: result.status,
      signal: result.signal,
      output: result.output,
      pid: result.pid,
      stdout: result.stdout,
      stderr: result.stderr,
    });
    throw error;
  }
  return result.stdout;
}

function execFileSync(file, args, options) {
  if (args !== undefined && !Array.isArray(args)) [args, options] = [undefined, args];
  const result = spawnSync(file, args, options);
  if (result.stderr !== null && result.stderr.length > 0 && options?.stdio === undefined) {
    host.writeOut(2, bytesOf(result.stderr));
  }
  return checked(result, [file, ...(args ?? [])].join(' '));
}

function execSync(command, options) {
  validateString(command, 'command');
  const result = spawnSync('/bin/sh', ['-c', command], options);
  if (result.stderr !== null && result.stderr.length > 0 && options?.stdio === undefined)
    host.writeOut(2, bytesOf(result.stderr));
  return checked(result, command);
}

module.exports = { spawnSync, execFileSync, execSync, execFile, exec, spawn, fork, ChildProcess };
