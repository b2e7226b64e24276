'use strict';
// `structuredClone`: a copy of values that another thread could get.

const ERRORS = new Set(['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError']);

function refused(value) {
  const { DOMException } = require('internal/globals');
  const shown = typeof value === 'symbol' ? String(value) : typeof value === 'function' ? String(value) : '#<Object>';
  return new DOMException(`${shown} could not be cloned.`, 'DataCloneError');
}

function clone(value, options) {
  const given = options?.transfer ?? [];
  const result = copy(value, new Map());
  for (const buffer of given) if (typeof buffer.transfer === 'function') buffer.transfer(0);
  return result;
}

function copy(value, known) {
  if (typeof value === 'function' || typeof value === 'symbol') throw refused(value);
  if (value === null || typeof value !== 'object') return value;
  if (known.has(value)) return known.get(value);
  const made = empty(value, known);
  if (!known.has(value)) known.set(value, made);
  switch (host.classOf(value)) {
    case 'Map':
      for (const [key, each] of [...value]) made.set(copy(key, known), copy(each, known));
      return made;
    case 'Set':
      for (const each of [...value]) made.add(copy(each, known));
      return made;
    case 'Error':
      if (Object.hasOwn(value, 'cause'))
        Object.defineProperty(made, 'cause', { value: copy(value.cause, known), writable: true, configurable: true });
      return made;
    case 'Array':
    case '':
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return made;
      for (const key of Object.keys(value)) made[key] = copy(value[key], known);
      return made;
    default:
      return made;
  }
}

function empty(value, known) {
  switch (host.classOf(value)) {
    case 'Array':
      return new Array(value.length);
    case 'Map':
      return new Map();
    case 'Set':
      return new Set();
    case 'Date':
      return new Date(value.getTime());
    case 'RegExp':
      return new RegExp(value.source, value.flags);
    case 'String':
    case 'Number':
    case 'Boolean':
    case 'BigInt':
      return Object(value.valueOf());
    case 'Error': {
      const kind = ERRORS.has(value.name) ? globalThis[value.name] : Error;
      const error = Reflect.construct(Error, [], kind);
      if (Object.hasOwn(value, 'message'))
        Object.defineProperty(error, 'message', { value: String(value.message), writable: true, configurable: true });
      error.stack = String(value.stack);
      return error;
    }
    case '':
      if (typeof ArrayBuffer === 'function') {
        if (value instanceof ArrayBuffer) return value.slice(0);
        if (ArrayBuffer.isView(value)) {
          const buffer = copy(value.buffer, known);
          const kind = globalThis[value[Symbol.toStringTag]];
          return new kind(buffer, value.byteOffset, value.length ?? value.byteLength);
        }
      }
      return {};
    default:
      throw refused(value);
  }
}

module.exports = { clone };
