'use strict';
// A constructor that is also called as a function, where a class is not: `Intl.NumberFormat()`; or whose `new` does the same, as that of `Buffer`.

function callable(implementation, call, isAlways = false) {
  function made(...given) {
    if (new.target === undefined || isAlways) return call(...given);
    return Reflect.construct(implementation, given, new.target === made ? implementation : new.target);
  }
  Object.setPrototypeOf(made, Object.getPrototypeOf(implementation));
  for (const key of Reflect.ownKeys(implementation)) {
    const isOwn = key === 'prototype';
    const description = Object.getOwnPropertyDescriptor(implementation, key);
    Object.defineProperty(made, key, isOwn ? { value: implementation.prototype } : description);
  }
  Object.defineProperty(made.prototype, 'constructor', { value: made, writable: true, configurable: true });
  return made;
}

module.exports = { callable };
