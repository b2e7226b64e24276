// Validates values by schemas.
const Ajv = require('ajv');
const ajv = new Ajv({ allErrors: true });
const v = ajv.compile({
  type: 'object',
  properties: {
    a: { type: 'integer', minimum: 3 },
    b: { type: 'string', pattern: '^x+$' },
    c: { type: 'array', items: { enum: [1, 2] }, uniqueItems: true },
    d: { oneOf: [{ type: 'null' }, { type: 'number' }] },
  },
  required: ['a', 'z'],
  additionalProperties: false,
});
console.log(v({ a: 1, b: 'y', c: [1, 1, 3], d: 'q', e: 1 }), v.errors);
console.log(v({ a: 4, z: 1 }), v.errors);
console.log(ajv.errorsText());
console.log(v.toString().length > 100);
const w = ajv.compile({
  $defs: {
    n: {
      type: 'object',
      properties: { next: { $ref: '#/$defs/n' }, v: { type: 'number' } },
      required: ['v'],
    },
  },
  $ref: '#/$defs/n',
});
console.log(w({ v: 1, next: { v: 2, next: {} } }), w.errors);
try {
  ajv.compile({ type: 'bogus' });
} catch (e) {
  console.log(e.message);
}
