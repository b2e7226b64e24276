'use strict';
const { coded, invalidArgument, systemError, validateFunction } = require('internal/errors');
const path = require('path');
const { attributes, Dir } = require('internal/fs/attributes');

const FILE = 1;
const FOLDER = 2;
const LINK = 3;
const READ = 0;
const CREATE_NEW = 1;
const REPLACE = 2;
const APPEND = 3;
const UPDATE = 4;
const CURRENT = -1; // as an offset
const TO_THE_END = -1; // as a count
const HOW = {
  r: READ,
  rs: READ,
  'r+': UPDATE,
  w: REPLACE,
  'w+': REPLACE,
  wx: CREATE_NEW,
  'wx+': CREATE_NEW,
  a: APPEND,
  'a+': APPEND,
  ax: CREATE_NEW,
};

function pathOf(value, name = 'path') {
  if (typeof value === 'string') {
    if (value.includes('\0')) {
      throw coded(
        TypeError,
        'ERR_INVALID_ARG_VALUE',
        `The argument '${name}' must be a string, Uint8Array, or URL without null bytes. Received ${host.inspect(value, {})}`,
      );
    }
    return value;
  }
  if (value !== null && typeof value === 'object') {
    if (typeof value.href === 'string' && value.protocol === 'file:') return require('url').fileURLToPath(value);
    if (value.BYTES_PER_ELEMENT === 1) return host.decode(require('internal/bytes').binary(value));
  }
  throw invalidArgument(name, 'of type string or an instance of Buffer or URL', value);
}

function encodingOf(options) {
  const encoding = typeof options === 'string' ? options : options?.encoding;
  if (encoding === undefined || encoding === null || encoding === 'buffer') return undefined;
  return encoding;
}

// Bytes, as a string of units below 256, in the form that the caller wants.
function decoded(text, encoding) {
  switch (encoding) {
    case undefined:
      return require('internal/bytes').fromBinary(text);
    case 'utf8':
    case 'utf-8':
    case 'UTF-8':
    case 'UTF8':
      return host.decode(text);
    case 'latin1':
    case 'binary':
      return text;
    default:
      return require('internal/bytes').fromBinary(text).toString(encoding);
  }
}

function encoded(data, encoding, name = 'data') {
  if (typeof data === 'string') {
    if (encoding === undefined || encoding === 'utf8' || encoding === 'utf-8') return host.encode(data);
    if (encoding === 'latin1' || encoding === 'binary') return data;
    return require('internal/bytes').binary(require('buffer').Buffer.from(data, encoding));
  }
  if (
    data !== null &&
    typeof data === 'object' &&
    (data.BYTES_PER_ELEMENT !== undefined || host.classOf(data) === 'DataView')
  ) {
    return require('internal/bytes').binary(data);
  }
  throw invalidArgument(name, 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}

function checked(result, syscall, file, destination) {
  if (typeof result === 'number' && result < 0) throw systemError(result, syscall, file, destination);
  return result;
}

function readFileSync(file, options) {
  const encoding = encodingOf(options);
  if (typeof file === 'number') return decoded(checked(host.read(file, CURRENT, TO_THE_END), 'read'), encoding);
  const name = pathOf(file);
  if (encoding === 'utf8' || encoding === 'utf-8') {
    const text = host.readText(name);
    if (typeof text === 'string') return text;
    throw systemError(text, text === -21 ? 'read' : 'open', text === -21 ? undefined : name);
  }
  const data = host.readBytes(name);
  if (typeof data === 'number')
    throw systemError(data, data === -21 ? 'read' : 'open', data === -21 ? undefined : name);
  return decoded(data, encoding);
}

function openSync(file, flags = 'r') {
  const name = pathOf(file);
  let how = HOW[flags];
  if (typeof flags === 'number')
    how = flags & 1024 ? APPEND : flags & 512 ? REPLACE : flags & 192 ? CREATE_NEW : flags & 3 ? UPDATE : READ;
  if (how === undefined)
    throw coded(
      TypeError,
      'ERR_INVALID_ARG_VALUE',
      `The argument 'flags' is invalid. Received ${host.inspect(flags, {})}`,
    );
  if (flags === 'r+' && statusOf(name, true) === undefined) throw systemError(-2, 'open', name);
  return checked(host.open(name, how), 'open', name);
}

function writeAll(file, data, options, flags) {
  const text = encoded(data, encodingOf(options));
  if (typeof file === 'number') {
    if (file === 1 || file === 2) checked(host.writeOut(file, text), 'write');
    else checked(host.write(file, CURRENT, text), 'write');
    return;
  }
  const descriptor = openSync(file, options?.flag ?? flags);
  try {
    checked(host.write(descriptor, CURRENT, text), 'write');
  } finally {
    host.close(descriptor);
  }
}

const writeFileSync = (file, data, options) => writeAll(file, data, options, 'w');
const appendFileSync = (file, data, options) => writeAll(file, data, options, 'a');
const closeSync = (descriptor) => void checked(host.close(descriptor), 'close');

function readSync(descriptor, buffer, offset, length, position) {
  if (offset !== null && typeof offset === 'object') ({ offset, length, position } = offset);
  offset ??= 0;
  length ??= buffer.byteLength - offset;
  const data = checked(
    host.read(descriptor, typeof position === 'number' && position >= 0 ? position : CURRENT, length),
    'read',
  );
  require('internal/bytes').intoBytes(data, buffer.subarray(offset));
  return data.length;
}

function writeSync(descriptor, data, offset, length, position) {
  let text;
  if (typeof data === 'string') {
    position = offset;
    text = encoded(data, typeof length === 'string' ? length : undefined);
  } else {
    if (offset !== null && typeof offset === 'object') ({ offset, length, position } = offset);
    offset ??= 0;
    length ??= data.byteLength - offset;
    text = encoded(data.subarray(offset, offset + length));
  }
  if (descriptor === 1 || descriptor === 2) checked(host.writeOut(descriptor, text), 'write');
  else checked(host.write(descriptor, typeof position === 'number' ? position : CURRENT, text), 'write');
  return text.length;
}

class Stats {
  constructor(status) {
    const [kind, size, mode, modified, accessed, changed] = status;
    const type = kind === FILE ? 0o100000 : kind === FOLDER ? 0o040000 : kind === LINK ? 0o120000 : 0o020000;
    this.dev = 0;
    this.mode = type | mode;
    this.nlink = 1;
    this.uid = 0;
    this.gid = 0;
    this.rdev = 0;
    this.blksize = 4096;
    this.ino = 0;
    this.size = size;
    this.blocks = Math.ceil(size / 512);
    this.atimeMs = accessed;
    this.mtimeMs = modified;
    this.ctimeMs = changed;
    this.birthtimeMs = changed;
    this.atime = new Date(Math.round(accessed));
    this.mtime = new Date(Math.round(modified));
    this.ctime = new Date(Math.round(changed));
    this.birthtime = new Date(Math.round(changed));
  }
  isFile() {
    return (this.mode & 0o170000) === 0o100000;
  }
  isDirectory() {
    return (this.mode & 0o170000) === 0o040000;
  }
  isSymbolicLink() {
    return (this.mode & 0o170000) === 0o120000;
  }
  isFIFO() {
    return false;
  }
  isSocket() {
    return false;
  }
  isBlockDevice() {
    return false;
  }
  isCharacterDevice() {
    return (this.mode & 0o170000) === 0o020000;
  }
}

function statusOf(name, follows) {
  const status = host.status(name, follows ? 1 : 0);
  return typeof status === 'number' ? undefined : status;
}

function stat(file, options, follows) {
  const name = pathOf(file);
  const status = host.status(name, follows ? 1 : 0);
  if (typeof status === 'number') {
    if (options?.throwIfNoEntry === false && (status === -2 || status === -20)) return undefined;
    throw systemError(status, follows ? 'stat' : 'lstat', name);
  }
  return new Stats(status);
}
const statSync = (file, options) => stat(file, options, true);
const lstatSync = (file, options) => stat(file, options, false);

function existsSync(file) {
  try {
    return statusOf(pathOf(file), true) !== undefined;
  } catch {
    return false;
  }
}

function accessSync(file, mode = 0) {
  const name = pathOf(file);
  const status = host.status(name, 1);
  if (typeof status === 'number') throw systemError(status, 'access', name);
  const allowed = (status[2] >> 6) | (status[2] >> 3) | status[2];
  const isRoot = require('process').getuid() === 0;
  if ((mode & 1 && !(allowed & 1)) || (!isRoot && (mode & ~allowed & 6) !== 0)) throw systemError(-13, 'access', name);
}

class Dirent {
  constructor(name, folder, kind) {
    this.name = name;
    this.parentPath = folder;
    this.path = folder;
    Object.defineProperty(this, 'kind', { value: kind, enumerable: false });
  }
  isFile() {
    return this.kind === FILE;
  }
  isDirectory() {
    return this.kind === FOLDER;
  }
  isSymbolicLink() {
    return this.kind === LINK;
  }
  isFIFO() {
    return false;
  }
  isSocket() {
    return false;
  }
  isBlockDevice() {
    return false;
  }
  isCharacterDevice() {
    return false;
  }
}

function readdirSync(folder, options) {
  const name = pathOf(folder);
  const found = checked(host.list(name), 'scandir', name);
  if (!options?.withFileTypes && !options?.recursive) return found;
  const result = [];
  for (const each of found) {
    const kind = statusOf(path.join(name, each), false)?.[0];
    result.push(options.withFileTypes ? new Dirent(each, name, kind) : each);
    if (options.recursive && kind === FOLDER) {
      for (const inner of readdirSync(path.join(name, each), options))
        result.push(options.withFileTypes ? inner : path.join(each, inner));
    }
  }
  return result;
}

function mkdirSync(folder, options) {
  const name = pathOf(folder);
  if (!options?.recursive) {
    checked(host.makeFolder(name), 'mkdir', name);
    return undefined;
  }
  let first;
  const missing = [];
  let each = path.resolve(name);
  let status = statusOf(each, true);
  while (status === undefined) {
    missing.push(each);
    each = path.dirname(each);
    status = statusOf(each, true);
  }
  if (status[0] !== FOLDER) throw systemError(missing.length > 0 ? -20 : -17, 'mkdir', name);
  while (missing.length > 0) {
    each = missing.pop();
    checked(host.makeFolder(each), 'mkdir', each);
    first ??= each;
  }
  return first;
}

function unlinkSync(file) {
  const name = pathOf(file);
  checked(host.removeFile(name), 'unlink', name);
}

function rmdirSync(folder, options) {
  const name = pathOf(folder);
  if (options?.recursive) removeAll(name);
  else checked(host.removeFolder(name), 'rmdir', name);
}

function removeAll(name) {
  if (statusOf(name, false)?.[0] === FOLDER) {
    for (const each of checked(host.list(name), 'scandir', name)) removeAll(path.join(name, each));
    checked(host.removeFolder(name), 'rmdir', name);
  } else checked(host.removeFile(name), 'unlink', name);
}

function rmSync(file, options) {
  const name = pathOf(file);
  const status = statusOf(name, false);
  if (status === undefined) {
    if (options?.force) return;
    throw systemError(-2, 'rm', name);
  }
  if (status[0] === FOLDER && !options?.recursive) {
    const error = new Error(`Path is a directory: rm returned EISDIR (is a directory) ${name}`);
    Object.assign(error, { name: 'SystemError', code: 'ERR_FS_EISDIR', errno: 21, syscall: 'rm', path: name });
    throw error;
  }
  removeAll(name);
}

function renameSync(from, to) {
  const name = pathOf(from, 'oldPath');
  const destination = pathOf(to, 'newPath');
  checked(host.rename(name, destination), 'rename', name, destination);
}

function copyFileSync(from, to, mode = 0) {
  const name = pathOf(from, 'src');
  const destination = pathOf(to, 'dest');
  const data = host.readBytes(name);
  if (typeof data === 'number') throw systemError(data, 'copyfile', name, destination);
  const descriptor = host.open(destination, mode & 1 ? CREATE_NEW : REPLACE);
  if (descriptor < 0) throw systemError(descriptor, 'copyfile', name, destination);
  try {
    checked(host.write(descriptor, CURRENT, data), 'copyfile', name, destination);
  } finally {
    host.close(descriptor);
  }
}

function cpSync(from, to, options) {
  const name = pathOf(from, 'src');
  const destination = pathOf(to, 'dest');
  if (statSync(name).isDirectory()) {
    if (!options?.recursive)
      throw coded(Error, 'ERR_FS_EISDIR', `Recursive option not enabled, cannot copy a directory: ${name}`);
    mkdirSync(destination, { recursive: true });
    for (const each of readdirSync(name)) cpSync(path.join(name, each), path.join(destination, each), options);
  } else if (options?.force !== false || !existsSync(destination)) copyFileSync(name, destination);
}

function realpathSync(file) {
  const name = pathOf(file);
  return checked(host.realPath(name), 'lstat', name);
}
realpathSync.native = realpathSync;

function truncateSync(file, length = 0) {
  const name = pathOf(file);
  checked(host.truncate(name, length), 'open', name);
}

function mkdtempSync(prefix) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  while (true) {
    let name = pathOf(prefix, 'prefix');
    for (let index = 0; index < 6; index++) name += letters[Math.floor(Math.random() * letters.length)];
    const failed = host.makeFolder(name);
    if (failed >= 0) return name;
    if (failed !== -17) throw systemError(failed, 'mkdtemp', `${prefix}XXXXXX`);
  }
}

const sync = {
  readFileSync,
  writeFileSync,
  appendFileSync,
  openSync,
  closeSync,
  readSync,
  writeSync,
  statSync,
  lstatSync,
  fstatSync: (descriptor) => statSync(`/proc/self/fd/${descriptor}`),
  existsSync,
  accessSync,
  readdirSync,
  mkdirSync,
  unlinkSync,
  rmdirSync,
  rmSync,
  renameSync,
  copyFileSync,
  cpSync,
  realpathSync,
  truncateSync,
  mkdtempSync,
  fsyncSync: () => {},
  opendirSync: (folder, options) => new Dir(pathOf(folder), readdirSync(folder, { ...options, withFileTypes: true })),
  ...attributes(pathOf),
};

// The same with a callback, and with a promise: the work is done at once, and told later.

function withCallback(work) {
  return (...args) => {
    const callback = args.pop();
    validateFunction(callback, 'cb');
    let result;
    let failure = null;
    try {
      result = work(...args);
    } catch (error) {
      if (error.syscall === undefined) throw error;
      failure = error;
    }
    require('timers').setImmediate(() => {
      if (failure !== null) callback(failure);
      else callback(null, result);
    });
  };
}

function withPromise(work) {
  return (...args) =>
    new Promise((resolve, reject) => {
      let result;
      try {
        result = work(...args);
      } catch (error) {
        require('timers').setImmediate(reject, error);
        return;
      }
      require('timers').setImmediate(resolve, result);
    });
}

class FileHandle {
  constructor(descriptor) {
    this.fd = descriptor;
  }
  async readFile(options) {
    return readFileSync(this.fd, options);
  }
  async writeFile(data, options) {
    writeFileSync(this.fd, data, options);
  }
  async appendFile(data, options) {
    writeFileSync(this.fd, data, options);
  }
  async read(buffer, offset, length, position) {
    return { bytesRead: readSync(this.fd, buffer, offset, length, position), buffer };
  }
  async write(data, ...rest) {
    return { bytesWritten: writeSync(this.fd, data, ...rest), buffer: data };
  }
  async stat() {
    return sync.fstatSync(this.fd);
  }
  async close() {
    closeSync(this.fd);
    this.fd = -1;
  }
}

const promises = { constants: undefined };
const callbacks = {};
for (const [name, work] of Object.entries(sync)) {
  const short = name.slice(0, -4);
  callbacks[short] = withCallback(work);
  Object.defineProperty(callbacks[short], 'name', { value: short });
  if (!['exists', 'close', 'read', 'write', 'fstat', 'fsync', 'fchmod', 'fchown', 'futimes', 'ftruncate', 'fdatasync'].includes(short)) {
    promises[short] = withPromise(work);
    Object.defineProperty(promises[short], 'name', { value: short });
  }
}
callbacks.realpath.native = callbacks.realpath;
callbacks.exists = (file, callback) => {
  const found = existsSync(file);
  require('timers').setImmediate(() => callback(found));
};
promises.open = async (file, flags) => new FileHandle(openSync(file, flags));

function createReadStream(file, options) {
  const { Readable } = require('stream');
  const encoding = encodingOf(options);
  const size = options?.highWaterMark ?? 1 << 16;
  let descriptor;
  let position = options?.start ?? 0;
  const end = options?.end ?? Infinity;
  const stream = new Readable({
    encoding,
    read() {
      try {
        descriptor ??= options?.fd ?? openSync(file, options?.flags ?? 'r');
        const count = Math.min(size, end - position + 1);
        const data = count > 0 ? checked(host.read(descriptor, position, count), 'read') : '';
        position += data.length;
        if (data === '') {
          closeSync(descriptor);
          this.push(null);
        } else this.push(require('internal/bytes').fromBinary(data));
      } catch (error) {
        this.destroy(error);
      }
    },
  });
  stream.path = file;
  return stream;
}

function createWriteStream(file, options) {
  const { Writable } = require('stream');
  let descriptor;
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, encoding, done) {
      try {
        descriptor ??= openSync(file, options?.flags ?? 'w');
        checked(host.write(descriptor, CURRENT, encoded(chunk, encoding)), 'write');
        stream.bytesWritten += chunk.length;
        done();
      } catch (error) {
        done(error);
      }
    },
    final(done) {
      try {
        descriptor ??= openSync(file, options?.flags ?? 'w');
        closeSync(descriptor);
        done();
      } catch (error) {
        done(error);
      }
    },
  });
  stream.bytesWritten = 0;
  stream.path = file;
  return stream;
}

const constants = {
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
  O_RDONLY: 0,
  O_WRONLY: 1,
  O_RDWR: 2,
  O_CREAT: 64,
  O_EXCL: 128,
  O_TRUNC: 512,
  O_APPEND: 1024,
  COPYFILE_EXCL: 1,
  S_IFMT: 0o170000,
  S_IFREG: 0o100000,
  S_IFDIR: 0o040000,
  S_IFLNK: 0o120000,
};
promises.constants = constants;

module.exports = {
  ...callbacks,
  ...sync,
  Stats,
  Dirent,
  createReadStream,
  createWriteStream,
  constants,
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
  promises,
};

require('internal/absent').addMissing(module.exports, 'fs', ['FileReadStream', 'FileWriteStream', 'ReadStream', 'WriteStream', 'lchmod', 'lchmodSync', 'lchown', 'lchownSync', 'openAsBlob', 'readv', 'readvSync', 'statfs', 'statfsSync', 'unwatchFile', 'watch', 'watchFile', 'writev', 'writevSync']);
