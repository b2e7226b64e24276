// Compares versions.
const s = require('semver');
console.log(
  s.valid('1.2.3-beta.1+b'),
  s.satisfies('1.9.0', '^1.2 || >=3 <4'),
  s.sort(['1.10.0', '1.2.0', '1.2.0-a']),
  s.inc('1.2.3', 'prerelease', 'rc'),
  String(s.coerce('v3.4')),
  new s.Range('~1.2.3 - 2').range,
  s.minVersion('>1.0').version,
  s.diff('1.0.0', '1.1.0'),
  s.maxSatisfying(['1.0.0', '1.5.0', '2.0.0'], '1.x'),
  s.intersects('^1', '>=1.5'),
);
console.log(s.parse('1.2.3-x.4'));
