// Identifiers of all versions.
const { v4, v5, v1, validate, version, parse, stringify } = require('uuid');
const a = v4();
console.log(
  validate(a),
  version(a),
  v5('hello', v5.DNS),
  version(v1()),
  stringify(parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')),
);
