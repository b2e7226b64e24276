'use strict';
// Links, permissions, owners and times of files, and folders that are read entry by entry.
const { invalidArgument, systemError } = require('internal/errors');


const modeOf = (mode) => {
  if (typeof mode === 'string') return parseInt(mode, 8);
  if (typeof mode !== 'number') throw invalidArgument('mode', 'of type number', mode);
  return mode;
};
const seconds = (time) => (time instanceof Date ? time.getTime() / 1000 : Number(time));
const ofDescriptor = (descriptor) => `/proc/self/fd/${descriptor}`;

// The functions that wait; `pathOf` checks a path.
function attributes(pathOf) {
  const done = (result, syscall, path, destination) => {
    if (typeof result === 'number' && result < 0) throw systemError(result, syscall, path, destination);
    return typeof result === 'number' ? undefined : result;
  };
  const both = (first, second, names) => [pathOf(first, names[0]), pathOf(second, names[1])];
  return {
    chmodSync: (path, mode) => done(host.changeMode(pathOf(path), modeOf(mode)), 'chmod', pathOf(path)),
    fchmodSync: (descriptor, mode) => done(host.changeMode(ofDescriptor(descriptor), modeOf(mode)), 'fchmod'),
    chownSync: (path, user, group) => done(host.changeOwner(pathOf(path), user, group), 'chown', pathOf(path)),
    fchownSync: (descriptor, user, group) => done(host.changeOwner(ofDescriptor(descriptor), user, group), 'fchown'),
    linkSync(existing, name) {
      const [from, to] = both(existing, name, ['existingPath', 'newPath']);
      return done(host.link(from, to), 'link', from, to);
    },
    symlinkSync(target, name) {
      const [from, to] = both(target, name, ['target', 'path']);
      return done(host.symbolicLink(from, to), 'symlink', from, to);
    },
    readlinkSync: (path) => done(host.readLink(pathOf(path)), 'readlink', pathOf(path)),
    utimesSync: (path, accessed, modified) =>
      done(host.setTimes(pathOf(path), seconds(accessed), seconds(modified), true), 'utime', pathOf(path)),
    lutimesSync: (path, accessed, modified) =>
      done(host.setTimes(pathOf(path), seconds(accessed), seconds(modified), false), 'lutime', pathOf(path)),
    futimesSync: (descriptor, accessed, modified) =>
      done(host.setTimes(ofDescriptor(descriptor), seconds(accessed), seconds(modified), true), 'futime'),
    ftruncateSync: (descriptor, length = 0) => done(host.truncate(ofDescriptor(descriptor), length), 'ftruncate'),
    fdatasyncSync: () => {},
  };
}

class Dir {
  #entries;
  #isClosed = false;
  constructor(path, entries) {
    this.path = path;
    this.#entries = entries;
  }
  readSync() {
    return this.#entries.shift() ?? null;
  }
  async read() {
    return this.readSync();
  }
  closeSync() {
    this.#isClosed = true;
  }
  async close() {
    this.#isClosed = true;
  }
  async *[Symbol.asyncIterator]() {
    while (this.#entries.length > 0 && !this.#isClosed) yield this.#entries.shift();
  }
}

module.exports = { attributes, Dir };
