'use strict';
// Paths of Windows: drives, servers, and slashes of both kinds.
const { validateString } = require('internal/errors');

// The drive (`C:`, `\\server\share`), whether the path begins at its root, and the rest.
function taken(path) {
  validateString(path, 'path');
  const share = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)(?:[\\/]|$)/.exec(path);
  if (share !== null) return { drive: `\\\\${share[1]}\\${share[2]}`, isRooted: true, rest: path.slice(share[0].length), isShare: true };
  const drive = /^[a-z]:/i.exec(path)?.[0] ?? '';
  const isRooted = /^[\\/]/.test(path.slice(drive.length));
  return { drive, isRooted, rest: path.slice(drive.length), isShare: false };
}

function straightened(rest, isRooted) {
  const parts = [];
  for (const part of rest.split(/[\\/]+/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isRooted) parts.push('..');
  }
  return parts.join('\\');
}

function normalize(path) {
  if (path === '') return '.';
  const { drive, isRooted, rest, isShare } = taken(path);
  let tail = straightened(rest, isRooted);
  if (tail === '' && !isRooted) tail = '.';
  if (tail !== '' && /[\\/]$/.test(path)) tail += '\\';
  if (isShare) return tail === '' ? `${drive}\\` : `${drive}\\${tail}`;
  return drive + (isRooted ? '\\' : '') + tail;
}

function isAbsolute(path) {
  const { isRooted } = taken(path);
  return isRooted;
}

function join(...paths) {
  const given = paths.filter((path) => {
    validateString(path, 'path');
    return path !== '';
  });
  if (given.length === 0) return '.';
  const joined = given.join('\\');
  return normalize(/^[\\/]{2}[^\\/]/.test(given[0]) ? joined : joined.replace(/^[\\/]{2,}/, '\\'));
}

function resolve(...paths) {
  let drive = '';
  let tail = '';
  let isRooted = false;
  for (const path of [process.cwd(), ...paths].reverse()) {
    validateString(path, 'path');
    if (path === '') continue;
    const found = taken(path);
    if (found.drive !== '') {
      if (drive === '') drive = found.drive;
      else if (found.drive.toLowerCase() !== drive.toLowerCase()) continue;
    }
    if (isRooted) {
      if (drive !== '') break;
      continue;
    }
    tail = `${found.rest}\\${tail}`;
    isRooted = found.isRooted;
    if (isRooted && drive !== '') break;
  }
  return drive + (isRooted ? '\\' : '') + straightened(tail, isRooted) || '.';
}

function rootOf(path) {
  const { drive, isRooted, isShare } = taken(path);
  return isShare ? `${drive}\\` : drive + (isRooted ? path[drive.length] : '');
}

function dirname(path) {
  validateString(path, 'path');
  if (path === '') return '.';
  const root = rootOf(path);
  const rest = path.slice(root.length).replace(/[\\/]+$/, '');
  const end = Math.max(rest.lastIndexOf('\\'), rest.lastIndexOf('/'));
  if (end < 0) return root === '' ? '.' : root;
  return root + rest.slice(0, end);
}

function basename(path, suffix) {
  validateString(path, 'path');
  const drive = /^[a-z]:/i.exec(path)?.[0] ?? '';
  const name = path.slice(drive.length).replace(/[\\/]+$/, '').split(/[\\/]/).at(-1);
  return suffix !== undefined && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

function extname(path) {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 || name === '..' ? '' : name.slice(dot);
}

function parse(path) {
  const root = path === '' ? '' : rootOf(path);
  const base = basename(path.slice(root.length));
  const ext = extname(base);
  const dir = dirname(path);
  return { root, dir: dir === '.' && !/^\./.test(path) ? '' : dir, base, ext, name: ext === '' ? base : base.slice(0, -ext.length) };
}

function format(parts) {
  const dir = parts.dir || parts.root;
  const base = parts.base || `${parts.name ?? ''}${parts.ext ? (parts.ext[0] === '.' ? '' : '.') + parts.ext : ''}`;
  if (!dir) return base;
  return dir === parts.root ? dir + base : `${dir}\\${base}`;
}

function relative(from, to) {
  const [start, goal] = [resolve(from), resolve(to)];
  if (start.toLowerCase() === goal.toLowerCase()) return '';
  const [here, there] = [start.split('\\').filter(Boolean), goal.split('\\').filter(Boolean)];
  let common = 0;
  while (common < here.length && common < there.length && here[common].toLowerCase() === there[common].toLowerCase()) common++;
  if (common === 0) return goal;
  return [...here.slice(common).map(() => '..'), ...there.slice(common)].join('\\');
}

module.exports = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath: (path) => path,
  dirname,
  basename,
  extname,
  format,
  parse,
  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: require('path'),
};
module.exports.win32 = module.exports;
