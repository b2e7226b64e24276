'use strict';
// CommonJS: what `require` means, where modules are found, and what packages say of themselves.
const path = require('path');
const { coded, validateString } = require('internal/errors');

// What `require` of an ES module gives: its namespace, or what it exports under the name `module.exports`.
function exportsOfModule(file) {
  const namespace = host.requireModule(file);
  return Object.hasOwn(namespace, 'module.exports') ? namespace['module.exports'] : namespace;
}

const FILE = 1;
const FOLDER = 2;
const names = new Set(host.builtInNames());
const packages = new Map(); // by folder: what package.json says, or null
const REQUIRE = ['node', 'require', 'module-sync', 'default'];
const IMPORT = ['node', 'import', 'module-sync', 'default'];

function kindOf(file) {
  const status = host.status(file, 1);
  return typeof status === 'number' ? 0 : status[0];
}

function real(file) {
  const found = host.realPath(file);
  return typeof found === 'number' ? file : found;
}

function withoutMark(text) {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function readPackage(folder) {
  let known = packages.get(folder);
  if (known !== undefined) return known;
  const file = folder === '/' ? '/package.json' : folder + '/package.json';
  const text = host.readText(file);
  known = null;
  if (typeof text === 'string') {
    try {
      known = JSON.parse(withoutMark(text));
    } catch (error) {
      throw coded(Error, 'ERR_INVALID_PACKAGE_CONFIG', `Invalid package config ${file}.`);
    }
    if (known === null || typeof known !== 'object') known = null;
  }
  packages.set(folder, known);
  return known;
}

// The nearest package around a file: its folder, or undefined.
function packageFolder(file) {
  let folder = path.dirname(file);
  while (true) {
    if (path.basename(folder) === 'node_modules') return undefined;
    if (readPackage(folder) !== null) return folder;
    const above = path.dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
}

function packageType(file) {
  const folder = packageFolder(file);
  const type = folder === undefined ? undefined : readPackage(folder).type;
  return type === 'module' || type === 'commonjs' ? type : undefined;
}

class Module {
  constructor(id, parent) {
    this.id = id;
    this.path = path.dirname(id);
    this.exports = {};
    Object.defineProperty(this, 'parent', { value: parent, writable: true, configurable: true, enumerable: false });
    this.filename = null;
    this.loaded = false;
    this.children = [];
    this.paths = [];
    if (parent && parent.children) parent.children.push(this);
  }
  require(request) {
    validateString(request, 'id');
    if (request === '')
      throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''");
    return Module._load(request, this, false);
  }
  load(file) {
    this.filename = file;
    this.paths = Module._nodeModulePaths(path.dirname(file));
    const ending = Module._extensions[path.extname(file)] === undefined ? '.js' : path.extname(file);
    Module._extensions[ending](this, file);
    this.loaded = true;
  }
  _compile(text, file) {
    if (text.startsWith('#!')) text = '//' + text;
    const require = makeRequire(this);
    if (!host.runCommon(text, file, path.dirname(file), this, this.exports, require)) {
      this.exports = exportsOfModule(file);
    }
  }
}
Module.Module = Module;
Module._cache = Object.create(null);
Module._pathCache = Object.create(null);
Module._extensions = Object.create(null);
Module.builtinModules = [...names].sort();
Module.globalPaths = [];
Module.isBuiltin = (name) => names.has(name.startsWith('node:') ? name.slice(5) : name);

Module._extensions['.js'] = (module, file) => {
  if (packageType(file) === 'module') {
    module.exports = exportsOfModule(file);
    return;
  }
  module._compile(readFile(file), file);
};
Module._extensions['.cjs'] = (module, file) => module._compile(readFile(file), file);
Module._extensions['.mjs'] = (module, file) => {
  module.exports = exportsOfModule(file);
};
Module._extensions['.json'] = (module, file) => {
  try {
    module.exports = JSON.parse(readFile(file));
  } catch (error) {
    error.message = file + ': ' + error.message;
    throw error;
  }
};
Module._extensions['.node'] = (module, file) => {
  throw coded(Error, 'ERR_DLOPEN_FAILED', `Native modules cannot be loaded: ${file}`);
};

function readFile(file) {
  const text = host.readText(file);
  if (typeof text === 'number') throw require('internal/errors').systemError(text, 'open', file);
  return withoutMark(text);
}

Module._nodeModulePaths = (from) => {
  const found = [];
  let folder = path.resolve(from);
  while (true) {
    if (path.basename(folder) !== 'node_modules')
      found.push(folder === '/' ? '/node_modules' : folder + '/node_modules');
    if (folder === '/') return found;
    folder = path.dirname(folder);
  }
};

Module._resolveLookupPaths = (request, parent) => {
  if (isRelative(request)) return [parent && parent.filename ? path.dirname(parent.filename) : '.'];
  return parent && parent.paths ? parent.paths : [];
};

function isRelative(request) {
  return request === '.' || request === '..' || request.startsWith('./') || request.startsWith('../');
}

// The file that a path without ending means: itself, with an ending, or the main file of a folder.
function asFile(file) {
  if (kindOf(file) === FILE) return file;
  for (const ending of Object.keys(Module._extensions)) {
    if (kindOf(file + ending) === FILE) return file + ending;
  }
  return undefined;
}

function asFolder(folder) {
  if (kindOf(folder) !== FOLDER) return undefined;
  const description = readPackage(folder);
  if (description !== null && typeof description.main === 'string') {
    const main = path.resolve(folder, description.main);
    const found = asFile(main) || asFile(path.join(main, 'index'));
    if (found !== undefined) return found;
  }
  return asFile(folder === '/' ? '/index' : folder + '/index');
}

function asPath(file, isFolder) {
  return (isFolder ? undefined : asFile(file)) || asFolder(file);
}

// `exports` and `imports` of package.json

function matchKey(table, request) {
  if (Object.prototype.hasOwnProperty.call(table, request) && !request.includes('*')) return [request, undefined];
  let best;
  for (const key of Object.keys(table)) {
    const star = key.indexOf('*');
    if (star < 0) continue;
    const before = key.slice(0, star);
    const behind = key.slice(star + 1);
    const fits =
      request.startsWith(before) && request !== before && request.length >= key.length && request.endsWith(behind);
    if (
      fits &&
      (best === undefined || star > best.indexOf('*') || (star === best.indexOf('*') && key.length > best.length))
    )
      best = key;
  }
  if (best === undefined) return undefined;
  const star = best.indexOf('*');
  return [best, request.slice(star, request.length - (best.length - star - 1))];
}

function resolveTarget(folder, target, part, conditions, isImports) {
  if (typeof target === 'string') {
    if (!target.startsWith('./')) {
      if (isImports && !target.startsWith('../') && !target.startsWith('/')) {
        const request = part === undefined ? target : target.replaceAll('*', part);
        return resolveRequest(request, path.join(folder, 'package.json'), conditions);
      }
      throw coded(
        Error,
        'ERR_INVALID_PACKAGE_TARGET',
        `Invalid "exports" target "${target}" defined in the package config ${folder}/package.json`,
      );
    }
    return path.join(folder, part === undefined ? target : target.replaceAll('*', part));
  }
  if (Array.isArray(target)) {
    for (const each of target) {
      const found = resolveTarget(folder, each, part, conditions, isImports);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (target === null || typeof target !== 'object') return target === null ? null : undefined;
  for (const key of Object.keys(target)) {
    if (conditions.includes(key)) {
      const found = resolveTarget(folder, target[key], part, conditions, isImports);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function notExported(folder, subpath) {
  const what =
    subpath === '.' ? 'No "exports" main defined' : `Package subpath '${subpath}' is not defined by "exports"`;
  return coded(Error, 'ERR_PACKAGE_PATH_NOT_EXPORTED', `${what} in ${folder}/package.json`);
}

function resolveExports(folder, table, subpath, conditions) {
  const isMain =
    typeof table === 'string' || Array.isArray(table) || !Object.keys(table).some((key) => key.startsWith('.'));
  const all = isMain ? { '.': table } : table;
  const matched = matchKey(all, subpath);
  const found = matched && resolveTarget(folder, all[matched[0]], matched[1], conditions, false);
  if (found === undefined || found === null) throw notExported(folder, subpath);
  return found;
}

function resolveImports(request, from, conditions) {
  const folder = packageFolder(from);
  const table = folder === undefined ? undefined : readPackage(folder).imports;
  const matched = table && matchKey(table, request);
  const found = matched && resolveTarget(folder, table[matched[0]], matched[1], conditions, true);
  if (found === undefined || found === null) {
    throw coded(
      TypeError,
      'ERR_PACKAGE_IMPORT_NOT_DEFINED',
      `Package import specifier "${request}" is not defined imported from ${from}`,
    );
  }
  return found;
}

// A package by its name: `name/sub` or `@scope/name/sub`.
function splitName(request) {
  const parts = request.split('/');
  const count = request.startsWith('@') ? 2 : 1;
  const rest = parts.slice(count).join('/');
  return [parts.slice(0, count).join('/'), rest === '' ? '.' : './' + rest];
}

function resolvePackage(request, from, folders, conditions) {
  const [name, subpath] = splitName(request);
  const own = packageFolder(from);
  if (own !== undefined && readPackage(own).name === name && readPackage(own).exports != null) {
    return resolveExports(own, readPackage(own).exports, subpath, conditions);
  }
  for (const each of folders) {
    const folder = path.join(each, name);
    if (kindOf(folder) === FOLDER) {
      const description = readPackage(folder);
      if (description !== null && description.exports != null) {
        return resolveExports(folder, description.exports, subpath, conditions);
      }
      const found = asPath(path.join(each, request), request.endsWith('/'));
      if (found !== undefined) return found;
    } else {
      const found = subpath === '.' ? asFile(folder) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

// The file that a request means, seen from a file; undefined where there is none.
function resolveRequest(request, from, conditions, folders) {
  if (request.startsWith('#')) return resolveImports(request, from, conditions);
  const isFolder =
    request.endsWith('/') || request === '.' || request === '..' || request.endsWith('/.') || request.endsWith('/..');
  if (isRelative(request) || request.startsWith('/'))
    return asPath(path.resolve(path.dirname(from), request), isFolder);
  return resolvePackage(request, from, folders || Module._nodeModulePaths(path.dirname(from)), conditions);
}

Module._resolveFilename = (request, parent, isMain, options) => {
  const plain = request.startsWith('node:') ? request.slice(5) : request;
  if (names.has(plain)) return request;
  if (request.startsWith('node:'))
    throw coded(Error, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${request}`);
  const from = parent && parent.filename ? parent.filename : path.resolve('.', '[eval]');
  let found;
  if (options && options.paths) {
    for (const each of options.paths) {
      found = resolveRequest(request, path.join(path.resolve(each), 'x'), REQUIRE);
      if (found !== undefined) break;
    }
  } else {
    found = resolveRequest(request, from, REQUIRE, !isRelative(request) && parent ? parent.paths : undefined);
  }
  if (found === undefined || kindOf(found) !== FILE) throw notFound(request, parent);
  return real(found);
};

function notFound(request, parent) {
  const stack = [];
  for (let each = parent; each; each = each.parent) stack.push(each.filename || each.id);
  let message = `Cannot find module '${request}'`;
  if (stack.length > 0) message += '\nRequire stack:\n- ' + stack.join('\n- ');
  const error = new Error(message);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = stack;
  return error;
}

Module._load = (request, parent, isMain) => {
  const plain = request.startsWith('node:') ? request.slice(5) : request;
  if (names.has(plain)) return host.builtIn(plain);
  const file = Module._resolveFilename(request, parent, isMain);
  const known = Module._cache[file];
  if (known !== undefined) {
    if (parent && parent.children && !parent.children.includes(known)) parent.children.push(known);
    return known.exports;
  }
  const module = new Module(file, parent);
  Module._cache[file] = module;
  let isDone = false;
  try {
    module.load(file);
    isDone = true;
  } finally {
    if (!isDone) delete Module._cache[file];
  }
  return module.exports;
};

let main;

function makeRequire(module) {
  function require(request) {
    return module.require(request);
  }
  require.resolve = (request, options) => {
    validateString(request, 'request');
    return Module._resolveFilename(request, module, false, options);
  };
  require.resolve.paths = (request) => (names.has(request) ? null : Module._resolveLookupPaths(request, module));
  require.main = main;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

Module.createRequire = (from) => {
  let file = from;
  if (typeof from === 'object' || (typeof from === 'string' && from.startsWith('file:')))
    file = require('url').fileURLToPath(from);
  if (typeof file !== 'string' || !path.isAbsolute(file)) {
    throw coded(
      TypeError,
      'ERR_INVALID_ARG_VALUE',
      `The argument 'filename' must be a file URL object, file URL string, or absolute path string. Received ${host.inspect(from, {})}`,
    );
  }
  const module = new Module(file, undefined);
  module.filename = file;
  module.paths = Module._nodeModulePaths(path.dirname(file));
  return makeRequire(module);
};
Module._initPaths = () => {};
Module.wrap = (text) => `(function (exports, require, module, __filename, __dirname) { ${text}\n});`;
Module.syncBuiltinESMExports = () => {};
Module.findPackageJSON = (request, from) => {
  const folder = packageFolder(from === undefined ? request : from);
  return folder === undefined ? undefined : path.join(folder, 'package.json');
};

// The module of a program's own file, which the engine runs itself.
function mainModule(file, exports) {
  main = new Module('.', null);
  main.path = path.dirname(file);
  main.filename = file;
  main.exports = exports;
  main.paths = Module._nodeModulePaths(path.dirname(file));
  Module._cache[file] = main;
  return { module: main, require: makeRequire(main) };
}

// For `import`: what kind of module a specifier means, and its file.
function resolveImport(specifier, from) {
  const plain = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  if (names.has(plain)) return ['built-in', plain];
  if (specifier.startsWith('node:'))
    throw coded(Error, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${specifier}`);
  let request = specifier;
  if (specifier.startsWith('file:')) request = require('url').fileURLToPath(specifier);
  let found;
  if (isRelative(request) || request.startsWith('/')) {
    const end = request.search(/[?#]/);
    found = path.resolve(path.dirname(from), decodeURIComponent(end < 0 ? request : request.slice(0, end)));
    if (kindOf(found) === FOLDER) {
      throw coded(
        Error,
        'ERR_UNSUPPORTED_DIR_IMPORT',
        `Directory import '${found}' is not supported resolving ES modules imported from ${from}`,
      );
    }
  } else {
    found = request.startsWith('#')
      ? resolveImports(request, from, IMPORT)
      : resolvePackage(request, from, Module._nodeModulePaths(path.dirname(from)), IMPORT);
    if (found === undefined)
      throw coded(
        Error,
        'ERR_MODULE_NOT_FOUND',
        `Cannot find package '${splitName(request)[0]}' imported from ${from}`,
      );
  }
  if (kindOf(found) !== FILE)
    throw coded(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find module '${found}' imported from ${from}`);
  found = real(found);
  const ending = path.extname(found);
  if (ending === '.mjs') return ['module', found];
  if (ending === '.cjs') return ['common', found];
  if (ending === '.json') return ['json', found];
  const type = packageType(found);
  return [type === 'module' ? 'module' : type === 'commonjs' ? 'common' : 'unknown', found];
}

// The names that a CommonJS text is seen to export, without running it.
function exportedNames(text) {
  const found = new Set();
  for (const [, name] of text.matchAll(/\bexports\.([A-Za-z_$][\w$]*)\s*=(?!=)/g)) found.add(name);
  for (const [, name] of text.matchAll(/\bexports\[['"]([^'"\\]+)['"]\]\s*=(?!=)/g)) found.add(name);
  for (const [, name] of text.matchAll(/\bObject\.defineProperty\(\s*(?:module\.)?exports\s*,\s*['"]([^'"\\]+)['"]/g))
    found.add(name);
  const object = /\bmodule\.exports\s*=\s*\{([^{}]*)/.exec(text);
  if (object !== null) {
    for (const part of object[1].split(',')) {
      const match = /^\s*(?:\.\.\.|(?:['"]([^'"\\]+)['"]|([A-Za-z_$][\w$]*))\s*(:|\(|$))/.exec(
        part.replace(/\/\/.*$/gm, ''),
      );
      if (match && (match[1] || match[2])) found.add(match[1] || match[2]);
    }
  }
  found.delete('default');
  return [...found];
}

// What `import` of a file that is no ES module gives: the exports, once it has run.
function importCommon(file) {
  const known = Module._cache[file];
  if (known !== undefined) return known.exports;
  const module = new Module(file, undefined);
  Module._cache[file] = module;
  module.load(file);
  return module.exports;
}

module.exports = { Module, mainModule, resolveImport, exportedNames, importCommon, packageType };
