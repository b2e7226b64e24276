'use strict';
// Paths of POSIX systems, as texts.
const { validateString } = require('internal/errors');

// Take out `.`, `..` and empty parts. `mayClimb`: `..` at the beginning of a relative path stays.
function normalized(text, mayClimb) {
  const parts = [];
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
      else if (mayClimb) parts.push('..');
    } else parts.push(part);
  }
  return parts.join('/');
}

function resolve(...paths) {
  let result = '';
  let isAbsolute = false;
  for (let index = paths.length - 1; index >= 0 && !isAbsolute; index--) {
    const each = paths[index];
    validateString(each, `paths[${index}]`);
    if (each === '') continue;
    result = `${each}/${result}`;
    isAbsolute = each[0] === '/';
  }
  if (!isAbsolute) result = `${host.currentFolder()}/${result}`;
  return '/' + normalized(result, false);
}

function normalize(path) {
  validateString(path, 'path');
  if (path === '') return '.';
  const isAbsolute = path[0] === '/';
  const isFolder = path[path.length - 1] === '/';
  let result = normalized(path, !isAbsolute);
  if (result === '') {
    if (isAbsolute) return '/';
    return isFolder ? './' : '.';
  }
  if (isFolder) result += '/';
  return isAbsolute ? '/' + result : result;
}

function isAbsolute(path) {
  validateString(path, 'path');
  return path.length > 0 && path[0] === '/';
}

function join(...paths) {
  for (const each of paths) validateString(each, 'path');
  const joined = paths.filter((each) => each !== '').join('/');
  return joined === '' ? '.' : normalize(joined);
}

function relative(from, to) {
  validateString(from, 'from');
  validateString(to, 'to');
  if (from === to) return '';
  const start = resolve(from)
    .split('/')
    .filter((part) => part !== '');
  const end = resolve(to)
    .split('/')
    .filter((part) => part !== '');
  let same = 0;
  while (same < start.length && same < end.length && start[same] === end[same]) same++;
  return [...start.slice(same).fill('..'), ...end.slice(same)].join('/');
}

function withoutSlashes(path) {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function dirname(path) {
  validateString(path, 'path');
  if (path === '') return '.';
  const whole = withoutSlashes(path);
  const slash = whole.lastIndexOf('/');
  if (slash < 0) return '.';
  if (slash === 0) return whole === '/' ? '/' : '/';
  if (slash === 1 && whole[0] === '/') return '//';
  return withoutSlashes(whole.slice(0, slash));
}

function basename(path, suffix) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
  validateString(path, 'path');
  let whole = path;
  while (whole.length > 0 && whole[whole.length - 1] === '/') whole = whole.slice(0, -1);
  const base = whole.slice(whole.lastIndexOf('/') + 1);
  if (suffix !== undefined && base !== suffix && base.endsWith(suffix))
    return base.slice(0, base.length - suffix.length);
  return base;
}

function extname(path) {
  validateString(path, 'path');
  const base = basename(path);
  const dot = base.lastIndexOf('.');
  if (dot <= 0 || base === '..') return '';
  return base.slice(dot);
}

function format(parts) {
  if (parts === null || typeof parts !== 'object')
    throw require('internal/errors').invalidArgument('pathObject', 'of type object', parts);
  const folder = parts.dir || parts.root;
  const ext = parts.ext ? (parts.ext[0] === '.' ? parts.ext : '.' + parts.ext) : '';
  const base = parts.base || `${parts.name || ''}${ext}`;
  if (!folder) return base;
  return folder === parts.root ? folder + base : `${folder}/${base}`;
}

function parse(path) {
  validateString(path, 'path');
  const root = path[0] === '/' ? '/' : '';
  const base = basename(path);
  const ext = extname(path);
  const whole = withoutSlashes(path);
  const slash = whole.lastIndexOf('/');
  const dir = slash < 0 ? '' : slash === 0 ? '/' : whole.slice(0, slash);
  return {
    root,
    dir: whole === '/' ? '/' : dir,
    base,
    ext,
    name: ext === '' ? base : base.slice(0, base.length - ext.length),
  };
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
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};
module.exports.posix = module.exports;
Object.defineProperty(module.exports, 'win32', {
  get: () => require('path/win32'),
  enumerable: true,
  configurable: true,
});
