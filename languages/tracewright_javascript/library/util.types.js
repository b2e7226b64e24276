'use strict';
const is =
  (...kinds) =>
  (value) =>
    kinds.includes(host.classOf(value));
const typed = (name) => (value) => ArrayBuffer.isView(value) && value[Symbol.toStringTag] === name;

const types = {
  isAsyncFunction: is('AsyncFunction', 'AsyncGeneratorFunction'),
  isGeneratorFunction: is('GeneratorFunction', 'AsyncGeneratorFunction'),
  isGeneratorObject: is('Generator'),
  isPromise: is('Promise'),
  isMap: is('Map'),
  isSet: is('Set'),
  isWeakMap: is('WeakMap'),
  isWeakSet: is('WeakSet'),
  isMapIterator: (value) => host.classOf(value) === 'Iterator' && value[Symbol.toStringTag] === 'Map Iterator',
  isSetIterator: (value) => host.classOf(value) === 'Iterator' && value[Symbol.toStringTag] === 'Set Iterator',
  isDate: is('Date'),
  isRegExp: is('RegExp'),
  isNativeError: is('Error'),
  isProxy: is('Proxy'),
  isArgumentsObject: is('Arguments'),
  isModuleNamespaceObject: is('Module'),
  isStringObject: is('String'),
  isNumberObject: is('Number'),
  isBooleanObject: is('Boolean'),
  isSymbolObject: is('Symbol'),
  isBigIntObject: is('BigInt'),
  isBoxedPrimitive: is('String', 'Number', 'Boolean', 'Symbol', 'BigInt'),
  isArrayBuffer: (value) => isBuffer(value, 'ArrayBuffer'),
  isSharedArrayBuffer: (value) => isBuffer(value, 'SharedArrayBuffer'),
  isAnyArrayBuffer: (value) => isBuffer(value, 'ArrayBuffer') || isBuffer(value, 'SharedArrayBuffer'),
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isTypedArray: (value) => ArrayBuffer.isView(value) && value[Symbol.toStringTag] !== 'DataView',
  isDataView: typed('DataView'),
  isExternal: () => false,
};
for (const name of [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
]) {
  types[`is${name}`] = typed(name);
}

function isBuffer(value, name) {
  return (
    value !== null &&
    typeof value === 'object' &&
    typeof globalThis[name] === 'function' &&
    value instanceof globalThis[name]
  );
}

module.exports = types;
