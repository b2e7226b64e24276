'use strict';
// Errors with a code, as the built-in modules throw them.

function coded(Base, code, message) {
  const error = new Base(message);
  Error.captureStackTrace(error, coded);
  Object.defineProperty(error, 'code', { value: code, enumerable: true, writable: true, configurable: true });
  const name = error.name;
  // The code stands in the first line of `stack`, not in `name`.
  Object.defineProperty(error, 'name', { value: `${name} [${code}]`, writable: true, configurable: true });
  void error.stack;
  delete error.name;
  return error;
}

function shown(value) {
  if (value === null || value === undefined) return ` Received ${value}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  if (typeof value === 'object') {
    const constructor = value.constructor;
    if (constructor && constructor.name) return ` Received an instance of ${constructor.name}`;
    return ` Received ${host.inspect(value, { depth: -1 })}`;
  }
  let text = host.inspect(value, {});
  if (text.length > 28) text = text.slice(0, 25) + '...';
  return ` Received type ${typeof value} (${text})`;
}

function invalidArgument(name, expected, value) {
  if (name.endsWith(' argument')) return coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The ${name} must be ${expected}.${shown(value)}`);
  const kind = name.includes('.') ? 'property' : 'argument';
  return coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${kind} must be ${expected}.${shown(value)}`);
}

function outOfRange(name, range, value) {
  return coded(
    RangeError,
    'ERR_OUT_OF_RANGE',
    `The value of "${name}" is out of range. It must be ${range}. Received ${host.inspect(value, {})}`,
  );
}

function validateFunction(value, name) {
  if (typeof value !== 'function') throw invalidArgument(name, 'of type function', value);
}

function validateString(value, name) {
  if (typeof value !== 'string') throw invalidArgument(name, 'of type string', value);
}

// What the system says, by its number.
const SYSTEM = new Map([
  [1, ['EPERM', 'operation not permitted']],
  [2, ['ENOENT', 'no such file or directory']],
  [3, ['ESRCH', 'no such process']],
  [4, ['EINTR', 'interrupted system call']],
  [5, ['EIO', 'i/o error']],
  [7, ['E2BIG', 'argument list too long']],
  [9, ['EBADF', 'bad file descriptor']],
  [10, ['ECHILD', 'no child processes']],
  [11, ['EAGAIN', 'resource temporarily unavailable']],
  [12, ['ENOMEM', 'not enough memory']],
  [13, ['EACCES', 'permission denied']],
  [16, ['EBUSY', 'resource busy or locked']],
  [17, ['EEXIST', 'file already exists']],
  [18, ['EXDEV', 'cross-device link not permitted']],
  [20, ['ENOTDIR', 'not a directory']],
  [21, ['EISDIR', 'illegal operation on a directory']],
  [22, ['EINVAL', 'invalid argument']],
  [24, ['EMFILE', 'too many open files']],
  [28, ['ENOSPC', 'no space left on device']],
  [30, ['EROFS', 'read-only file system']],
  [32, ['EPIPE', 'broken pipe']],
  [36, ['ENAMETOOLONG', 'name too long']],
  [39, ['ENOTEMPTY', 'directory not empty']],
  [40, ['ELOOP', 'too many symbolic links encountered']],
  [98, ['EADDRINUSE', 'address already in use']],
  [99, ['EADDRNOTAVAIL', 'address not available']],
  [101, ['ENETUNREACH', 'network is unreachable']],
  [104, ['ECONNRESET', 'connection reset by peer']],
  [107, ['ENOTCONN', 'socket is not connected']],
  [110, ['ETIMEDOUT', 'connection timed out']],
  [111, ['ECONNREFUSED', 'connection refused']],
  [113, ['EHOSTUNREACH', 'host is unreachable']],
]);

function systemError(number, syscall, path, destination) {
  const known = SYSTEM.get(-number);
  const code = known ? known[0] : `E${-number}`;
  let message = `${code}: ${known ? known[1] : host.errorText(-number)}, ${syscall}`;
  if (path !== undefined) message += ` '${path}'`;
  if (destination !== undefined) message += ` -> '${destination}'`;
  const error = new Error(message);
  error.errno = number;
  error.code = code;
  error.syscall = syscall;
  if (path !== undefined) error.path = path;
  if (destination !== undefined) error.dest = destination;
  return error;
}

module.exports = { coded, invalidArgument, outOfRange, validateFunction, validateString, systemError, shown };
