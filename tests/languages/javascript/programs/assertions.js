const assert = require('assert');
const t = (f) => {
  try {
    f();
    console.log('passed');
  } catch (e) {
    console.log(e.name, '|', e.code, '|', e.message, '|', e.generatedMessage, e.operator);
  }
};
t(() => assert(true));
t(() => assert.ok(0));
t(() => assert.equal(1, '1'));
t(() => assert.equal(1, 2));
t(() => assert.strictEqual(1, 2));
t(() => assert.strictEqual('a', 'b'));
t(() => assert.strictEqual(NaN, NaN));
t(() => assert.strictEqual('a'.repeat(30), 'b'));
t(() => assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] }));
t(() => assert.deepStrictEqual([1, 2, 3], [1, 2, 3]));
t(() => assert.deepEqual({ a: 1 }, { a: '1' }));
t(() => assert.deepEqual([1], [2]));
t(() => assert.notStrictEqual(1, 1));
t(() => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }));
t(() => assert.notEqual(1, 1));
t(() =>
  assert.throws(() => {
    throw new TypeError('bad');
  }, TypeError),
);
t(() =>
  assert.throws(() => {
    throw new TypeError('bad');
  }, /bad/),
);
t(() => assert.throws(() => {}));
t(() => assert.throws(() => {}, RangeError));
t(() =>
  assert.throws(
    () => {
      throw new TypeError('bad');
    },
    { message: 'bad', name: 'TypeError' },
  ),
);
t(() =>
  assert.throws(
    () => {
      throw new TypeError('bad');
    },
    { message: 'worse' },
  ),
);
t(() =>
  assert.doesNotThrow(() => {
    throw new Error('x');
  }),
);
t(() => assert.fail());
t(() => assert.fail('msg'));
t(() => assert.match('abc', /x/));
t(() => assert.ifError(null));
t(() => assert.ifError(new Error('e')));
t(() => assert.strictEqual(1, 2, 'own message'));
t(() => assert.deepStrictEqual(new Set([1]), new Set([2])));
t(() => assert.deepStrictEqual(new Date(0), new Date(0)));
t(() => assert.deepStrictEqual([], {}));
t(() => assert.strict.equal(1, '1'));
t(() => assert.strictEqual({ a: 1 }, { a: 1 }));
t(() => assert.strictEqual(undefined, null));
t(() => assert.strictEqual([1, 2, 3], 5));
t(() => assert(1 === 2, 'told'));
t(() =>
  assert.throws(
    () => {
      throw new Error('q');
    },
    (e) => e.message === 'q',
  ),
);
assert.rejects(Promise.reject(new Error('r')), /r/).then(() => console.log('rejects ok'));
assert.rejects(async () => {}).catch((e) => console.log(e.message));
assert.doesNotReject(Promise.resolve(1)).then(() => console.log('fine'));
