'use strict';
const { coded, invalidArgument, validateFunction } = require('internal/errors');
const { isDeepEqual } = require('internal/comparisons');
const types = require('util/types');

const CUSTOM = Symbol.for('nodejs.util.inspect.custom');
const PROMISIFY = Symbol.for('nodejs.util.promisify.custom');

function inspect(value, options, ...rest) {
  if (typeof options === 'boolean') options = { showHidden: options, depth: rest[0], colors: rest[1] };
  const settings = { ...inspect.defaultOptions, ...options };
  return host.inspect(value, settings);
}
inspect.custom = CUSTOM;
inspect.defaultOptions = { depth: 2 };
inspect.colors = Object.assign(Object.create(null), {
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  black: [30, 39],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  white: [37, 39],
  gray: [90, 39],
  grey: [90, 39],
  redBright: [91, 39],
  greenBright: [92, 39],
  yellowBright: [93, 39],
  blueBright: [94, 39],
  magentaBright: [95, 39],
  cyanBright: [96, 39],
  whiteBright: [97, 39],
  bgBlack: [40, 49],
  bgRed: [41, 49],
  bgGreen: [42, 49],
  bgYellow: [43, 49],
  bgBlue: [44, 49],
  bgMagenta: [45, 49],
  bgCyan: [46, 49],
  bgWhite: [47, 49],
});
inspect.styles = Object.assign(Object.create(null), {
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
});
host.setInspect(inspect);

function format(...values) {
  return host.format(...values);
}

function formatWithOptions(options, ...values) {
  if (values.length > 0 && typeof values[0] === 'string') return host.format(...values);
  return values.map((each) => (typeof each === 'string' ? each : inspect(each, options))).join(' ');
}

function styleText(style, text) {
  let before = '';
  let behind = '';
  for (const name of Array.isArray(style) ? style : [style]) {
    const codes = inspect.colors[name];
    if (codes === undefined)
      throw coded(
        TypeError,
        'ERR_INVALID_ARG_VALUE',
        `The argument 'format' must be one of: ${Object.keys(inspect.colors)
          .map((each) => `'${each}'`)
          .join(', ')}. Received ${inspect(name)}`,
      );
    before += `\x1b[${codes[0]}m`;
    behind = `\x1b[${codes[1]}m${behind}`;
  }
  return host.isTerminal(1) || require('process').env.FORCE_COLOR ? before + text + behind : text;
}

function promisify(original) {
  validateFunction(original, 'original');
  if (original[PROMISIFY] !== undefined) {
    validateFunction(original[PROMISIFY], 'util.promisify.custom');
    return original[PROMISIFY];
  }
  function promised(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [
        ...args,
        (error, value) => {
          if (error) reject(error);
          else resolve(value);
        },
      ]);
    });
  }
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = PROMISIFY;

function callbackify(original) {
  validateFunction(original, 'original');
  return function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const { nextTick } = require('process');
    Reflect.apply(original, this, args).then(
      (value) => nextTick(callback, null, value),
      (reason) => {
        if (!reason)
          reason = Object.assign(coded(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value'), {
            reason,
          });
        nextTick(callback, reason);
      },
    );
  };
}

function inherits(constructor, parent) {
  if (constructor === undefined || constructor === null) throw invalidArgument('ctor', 'of type function', constructor);
  if (parent === undefined || parent === null) throw invalidArgument('superCtor', 'of type function', parent);
  if (parent.prototype === undefined) throw invalidArgument('superCtor.prototype', 'of type object', parent.prototype);
  Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

const told = new Set();
function deprecate(work, message, code) {
  let isTold = false;
  function deprecated(...args) {
    if (!isTold) {
      isTold = true;
      if (code === undefined || !told.has(code)) {
        told.add(code);
        require('process').emitWarning(message, 'DeprecationWarning', code);
      }
    }
    if (new.target) return Reflect.construct(work, args, new.target);
    return Reflect.apply(work, this, args);
  }
  Object.setPrototypeOf(deprecated, work);
  if (work.prototype) deprecated.prototype = work.prototype;
  return deprecated;
}

function debuglog(section) {
  const wanted = (require('process').env.NODE_DEBUG || '').toUpperCase().split(',').includes(section.toUpperCase());
  const log = (...values) => {
    if (wanted)
      host.writeOut(2, host.encode(`${section.toUpperCase()} ${require('process').pid}: ${format(...values)}\n`));
  };
  log.enabled = wanted;
  return log;
}

function parseArgs(config = {}) {
  return require('internal/arguments').parseArgs(config);
}

module.exports = {
  inspect,
  format,
  formatWithOptions,
  styleText,
  promisify,
  callbackify,
  inherits,
  deprecate,
  debuglog,
  debug: debuglog,
  parseArgs,
  isDeepStrictEqual: (left, right) => isDeepEqual(left, right, true),
  stripVTControlCharacters: (text) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''),
  toUSVString: (text) => String(text).toWellFormed(),
  types,
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isBuffer: (value) => require('buffer').Buffer.isBuffer(value),
  isDate: types.isDate,
  isError: (value) => types.isNativeError(value) || value instanceof Error,
  isFunction: (value) => typeof value === 'function',
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isObject: (value) => value !== null && typeof value === 'object',
  isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
  isRegExp: types.isRegExp,
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  get TextEncoder() {
    return globalThis.TextEncoder;
  },
  get TextDecoder() {
    return globalThis.TextDecoder;
  },
};
