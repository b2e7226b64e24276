'use strict';
const { coded, invalidArgument } = require('internal/errors');
const { isDeepEqual } = require('internal/comparisons');
const { difference } = require('internal/differences');

function shown(value) {
  return host.inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: null,
    sorted: true,
    breakLength: Infinity,
  });
}

const REASONS = {
  equal: 'Expected values to be loosely equal:',
  notEqual: 'Expected "actual" to be loosely unequal to:',
  strictEqual: 'Expected values to be strictly equal:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
};

function composed(operator, actual, expected, message) {
  const isGiven = message !== undefined && message !== null;
  if (operator === 'strictEqual' || operator === 'deepStrictEqual') {
    return difference(isGiven ? String(message) : REASONS[operator], actual, expected, operator, shown);
  }
  if (isGiven) return String(message);
  if (operator === 'notStrictEqual' || operator === 'notDeepStrictEqual') {
    const text = shown(actual);
    const head =
      operator === 'notStrictEqual' && actual !== null && (typeof actual === 'object' || typeof actual === 'function')
        ? 'Expected "actual" not to be reference-equal to "expected":'
        : REASONS[operator];
    return text.includes('\n') ? `${head}\n\n${text}\n` : `${head} ${text}`;
  }
  const left = shown(actual);
  const right = shown(expected);
  if (operator === 'deepEqual') return `${REASONS.deepEqual}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`;
  if (operator === 'notDeepEqual')
    return `${REASONS.notDeepEqual}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`;
  return `${host.inspect(actual, {})} ${operator} ${host.inspect(expected, {})}`;
}

class AssertionError extends Error {
  constructor(options) {
    if (options === null || typeof options !== 'object') throw invalidArgument('options', 'of type object', options);
    const { message, operator, actual, expected, stackStartFn } = options;
    super(composed(operator, actual, expected, message));
    this.generatedMessage = message === undefined || message === null;
    Object.defineProperty(this, 'name', {
      value: 'AssertionError [ERR_ASSERTION]',
      enumerable: false,
      writable: true,
      configurable: true,
    });
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    Error.captureStackTrace(this, stackStartFn ?? AssertionError);
    void this.stack;
    this.name = 'AssertionError';
  }
  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

function fails(given, operator, actual, expected, start, isGenerated = given === undefined) {
  if (given instanceof Error) throw given;
  const error = new AssertionError({ message: given, operator, actual, expected, stackStartFn: start });
  error.generatedMessage = isGenerated;
  throw error;
}

function ok(value, message) {
  if (value) return;
  check(arguments.length, value, message, ok);
}

function check(count, value, message, start) {
  if (message instanceof Error) throw message;
  let text = message;
  if (count === 0) text = 'No value argument passed to `assert.ok()`';
  else if (message === undefined)
    text = 'The expression evaluated to a falsy value:\n\n  ' + host.callText(start) + '\n';
  const error = new AssertionError({
    message: text,
    operator: '==',
    actual: value,
    expected: true,
    stackStartFn: start,
  });
  error.generatedMessage = message === undefined;
  throw error;
}

function assert(value, message) {
  if (value) return;
  check(arguments.length, value, message, assert);
}

Object.assign(assert, {
  ok,
  AssertionError,
  fail(message) {
    if (message instanceof Error) throw message;
    const error = new AssertionError({ message: message ?? 'Failed', operator: 'fail', stackStartFn: assert.fail });
    error.generatedMessage = message === undefined;
    throw error;
  },
  equal(actual, expected, message) {
    // eslint-disable-next-line eqeqeq
    if (!(actual == expected || (actual !== actual && expected !== expected)))
      fails(message, '==', actual, expected, assert.equal);
  },
  notEqual(actual, expected, message) {
    // eslint-disable-next-line eqeqeq
    if (actual == expected || (actual !== actual && expected !== expected))
      fails(message, '!=', actual, expected, assert.notEqual);
  },
  strictEqual(actual, expected, message) {
    if (!Object.is(actual, expected)) fails(message, 'strictEqual', actual, expected, assert.strictEqual);
  },
  notStrictEqual(actual, expected, message) {
    if (Object.is(actual, expected)) fails(message, 'notStrictEqual', actual, expected, assert.notStrictEqual);
  },
  deepEqual(actual, expected, message) {
    if (!isDeepEqual(actual, expected, false)) fails(message, 'deepEqual', actual, expected, assert.deepEqual);
  },
  notDeepEqual(actual, expected, message) {
    if (isDeepEqual(actual, expected, false)) fails(message, 'notDeepEqual', actual, expected, assert.notDeepEqual);
  },
  deepStrictEqual(actual, expected, message) {
    if (!isDeepEqual(actual, expected, true))
      fails(message, 'deepStrictEqual', actual, expected, assert.deepStrictEqual);
  },
  notDeepStrictEqual(actual, expected, message) {
    if (isDeepEqual(actual, expected, true))
      fails(message, 'notDeepStrictEqual', actual, expected, assert.notDeepStrictEqual);
  },
  match(text, pattern, message) {
    if (typeof text === 'string' && pattern.test(text)) return;
    const isGenerated = message === undefined;
    const given =
      message ??
      `The input did not match the regular expression ${host.inspect(pattern, {})}. Input:\n\n${host.inspect(text, {})}\n`;
    fails(given, 'match', text, pattern, assert.match, isGenerated);
  },
  doesNotMatch(text, pattern, message) {
    if (typeof text !== 'string' || !pattern.test(text)) return;
    const isGenerated = message === undefined;
    const given =
      message ??
      `The input was expected to not match the regular expression ${host.inspect(pattern, {})}. Input:\n\n${host.inspect(text, {})}\n`;
    fails(given, 'doesNotMatch', text, pattern, assert.doesNotMatch, isGenerated);
  },
  ifError(value) {
    if (value === null || value === undefined) return;
    const shownValue = value instanceof Error ? value.message : host.inspect(value, {});
    fails(`ifError got unwanted exception: ${shownValue}`, 'ifError', value, null, assert.ifError);
  },
  throws(work, ...rest) {
    if (typeof work !== 'function') throw invalidArgument('fn', 'of type function', work);
    expectError(outcome(work), rest, 'throws', assert.throws);
  },
  doesNotThrow(work, ...rest) {
    const found = outcome(work);
    expectNoError(found, rest, 'doesNotThrow', assert.doesNotThrow);
  },
  async rejects(work, ...rest) {
    expectError(await settled(work), rest, 'rejects', assert.rejects);
  },
  async doesNotReject(work, ...rest) {
    expectNoError(await settled(work), rest, 'doesNotReject', assert.doesNotReject);
  },
});

// `[error]` of what was thrown, or nothing.
function outcome(work) {
  try {
    work();
  } catch (error) {
    return [error];
  }
  return undefined;
}

async function settled(work) {
  const promise = typeof work === 'function' ? work() : work;
  if (promise === null || typeof promise !== 'object' || typeof promise.then !== 'function') {
    throw coded(
      TypeError,
      'ERR_INVALID_RETURN_VALUE',
      'Expected instance of Promise to be returned from the "promiseFn" function',
    );
  }
  try {
    await promise;
  } catch (error) {
    return [error];
  }
  return undefined;
}

function expectError(found, [expected, message], operator, start) {
  if (typeof expected === 'string') [expected, message] = [undefined, expected];
  if (found === undefined) {
    let text = '';
    if (expected && expected.name) text += ` (${expected.name})`;
    text += message ? `: ${message}` : '.';
    throw new AssertionError({
      message: `Missing expected ${operator === 'rejects' ? 'rejection' : 'exception'}${text}`,
      operator,
      actual: undefined,
      expected,
      stackStartFn: start,
    });
  }
  if (expected !== undefined) compareError(found[0], expected, message, operator, start);
}

class Comparison {}

function compareError(actual, expected, message, operator, start) {
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && actual instanceof expected) return;
    if (Error.isPrototypeOf(expected) || expected === Error) {
      if (message === undefined) {
        const name = actual && actual.constructor ? actual.constructor.name : typeof actual;
        const text = actual && actual.message ? `\n\nError message:\n\n${actual.message}` : '';
        message = `The error is expected to be an instance of "${expected.name}". Received "${name}"${text}`;
      }
      fails(message, operator, actual, expected, start);
    }
    if (expected.call({}, actual) === true) return;
    const name = expected.name ? `"${expected.name}" ` : '';
    fails(
      message ??
        `The ${name}validation function is expected to return "true". Received ${host.inspect(expected.call({}, actual), {})}\n\nCaught error:\n\n${actual}`,
      operator,
      actual,
      expected,
      start,
    );
  }
  if (host.classOf(expected) === 'RegExp') {
    const text = String(actual);
    if (expected.test(text)) return;
    fails(
      message ??
        `The input did not match the regular expression ${host.inspect(expected, {})}. Input:\n\n${host.inspect(text, {})}\n`,
      operator,
      actual,
      expected,
      start,
    );
  }
  if (actual === null || typeof actual !== 'object') fails(message, 'deepStrictEqual', actual, expected, start);
  const keys = Object.keys(expected);
  if (expected instanceof Error) keys.push('name', 'message');
  else if (keys.length === 0)
    throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'error' may not be an empty object. Received {}`);
  for (const key of keys) {
    const wanted = expected[key];
    if (typeof actual[key] === 'string' && host.classOf(wanted) === 'RegExp' && wanted.test(actual[key])) continue;
    if (key in actual && isDeepEqual(actual[key], wanted, true)) continue;
    if (message !== undefined) fails(message, operator, actual, expected, start);
    const left = new Comparison();
    const right = new Comparison();
    for (const each of keys) {
      if (each in actual) left[each] = actual[each];
      const isMatched =
        typeof actual[each] === 'string' &&
        host.classOf(expected[each]) === 'RegExp' &&
        expected[each].test(actual[each]);
      right[each] = isMatched ? actual[each] : expected[each];
    }
    const error = new AssertionError({
      actual: left,
      expected: right,
      operator: 'deepStrictEqual',
      stackStartFn: start,
    });
    Object.assign(error, { actual, expected, operator });
    throw error;
  }
}

function expectNoError(found, [expected, message], operator, start) {
  if (found === undefined) return;
  if (typeof expected === 'string') [expected, message] = [undefined, expected];
  if (typeof expected === 'function' && !(found[0] instanceof expected)) throw found[0];
  const what = operator === 'doesNotReject' ? 'rejection' : 'exception';
  const details = message ? `: ${message}` : '.';
  throw new AssertionError({
    message: `Got unwanted ${what}${details}\nActual message: "${found[0] && found[0].message}"`,
    operator,
    actual: found[0],
    expected,
    stackStartFn: start,
  });
}

function strict(value, message) {
  if (value) return;
  check(arguments.length, value, message, strict);
}
assert.strict = Object.assign(strict, assert, {
  equal: assert.strictEqual,
  deepEqual: assert.deepStrictEqual,
  notEqual: assert.notStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;

module.exports = assert;
