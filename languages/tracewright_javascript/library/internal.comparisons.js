'use strict';
// Whether two values are equal in what they hold: strictly, as `===` and prototypes say, or loosely, as `==` does.

function isDeepEqual(left, right, isStrict) {
  return equal(left, right, isStrict, []);
}

function equal(left, right, isStrict, open) {
  if (isStrict ? Object.is(left, right) : left === right || (left !== left && right !== right)) return true;
  const areObjects = left !== null && right !== null && typeof left === 'object' && typeof right === 'object';
  if (!areObjects) {
    if (isStrict) return false;
    const oneIsObject = (left !== null && typeof left === 'object') || (right !== null && typeof right === 'object');
    // eslint-disable-next-line eqeqeq
    return !oneIsObject && typeof left !== 'function' && typeof right !== 'function' && left == right;
  }
  if (isStrict && Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  const kind = host.classOf(left);
  if (kind !== host.classOf(right) && kind !== 'Proxy' && host.classOf(right) !== 'Proxy') return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  if (Object.prototype.toString.call(left) !== Object.prototype.toString.call(right)) return false;
  if (!sameContents(kind, left, right)) return false;
  for (const [first, second] of open) if (first === left && second === right) return true;
  open.push([left, right]);
  const result = sameParts(kind, left, right, isStrict, open);
  open.pop();
  return result;
}

function sameContents(kind, left, right) {
  switch (kind) {
    case 'Date':
      return Object.is(left.getTime(), right.getTime());
    case 'RegExp':
      return left.source === right.source && left.flags === right.flags && left.lastIndex === right.lastIndex;
    case 'Error':
      return left.name === right.name && left.message === right.message;
    case 'String':
    case 'Number':
    case 'Boolean':
    case 'Symbol':
    case 'BigInt':
      return Object.is(left.valueOf(), right.valueOf());
    case 'Promise':
    case 'WeakMap':
    case 'WeakSet':
      return false;
    default:
      return true;
  }
}

function sameParts(kind, left, right, isStrict, open) {
  if (typeof ArrayBuffer === 'function' && ArrayBuffer.isView(left)) {
    if (left.length !== right.length || left.byteLength !== right.byteLength) return false;
    for (let index = 0; index < left.length; index++) {
      if (isStrict ? !Object.is(left[index], right[index]) : left[index] !== right[index]) return false;
    }
    return true;
  }
  if (kind === 'Array' && left.length !== right.length) return false;
  if (kind === 'Set' && !sameSets(left, right, isStrict, open)) return false;
  if (kind === 'Map' && !sameMaps(left, right, isStrict, open)) return false;
  if (kind === 'Error' && isStrict && !equal(left.cause, right.cause, isStrict, open)) return false;
  const keys = keysOf(left, isStrict);
  if (keys.length !== keysOf(right, isStrict).length) return false;
  for (const key of keys) if (!Object.prototype.propertyIsEnumerable.call(right, key)) return false;
  for (const key of keys) if (!equal(left[key], right[key], isStrict, open)) return false;
  return true;
}

function keysOf(thing, isStrict) {
  const keys = Object.keys(thing);
  if (!isStrict) return keys;
  for (const symbol of Object.getOwnPropertySymbols(thing)) {
    if (Object.prototype.propertyIsEnumerable.call(thing, symbol)) keys.push(symbol);
  }
  return keys;
}

function sameSets(left, right, isStrict, open) {
  if (left.size !== right.size) return false;
  const rest = [];
  for (const value of left) if (!right.has(value)) rest.push(value);
  if (rest.length === 0) return true;
  const others = [...right].filter((value) => !left.has(value));
  for (const value of rest) {
    const index = others.findIndex((other) => equal(value, other, isStrict, open));
    if (index < 0) return false;
    others.splice(index, 1);
  }
  return true;
}

function sameMaps(left, right, isStrict, open) {
  if (left.size !== right.size) return false;
  const rest = [];
  for (const [key, value] of left) {
    if (!right.has(key)) rest.push([key, value]);
    else if (!equal(value, right.get(key), isStrict, open)) return false;
  }
  const others = [...right].filter(([key]) => !left.has(key));
  for (const [key, value] of rest) {
    const index = others.findIndex(
      (other) => equal(key, other[0], isStrict, open) && equal(value, other[1], isStrict, open),
    );
    if (index < 0) return false;
    others.splice(index, 1);
  }
  return true;
}

module.exports = { isDeepEqual };
