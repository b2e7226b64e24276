// BigInts: literals, operators, comparisons with other types, conversions, and where they are keys.
console.log(1n, 0xffn, 0b11n, 0o17n, 1_000n, 2n ** 64n, -(2n ** 63n), 123456789012345678901234567890n);
console.log(7n / 2n, -7n / 2n, 7n % -2n, -7n % 2n, (-9223372036854775808n) / -1n, 10n ** 30n % 7n);
console.log(5n & 3n, 5n | 3n, 5n ^ 3n, ~5n, -5n >> 1n, 1n << 100n, -1n >> 1000n, 1n << -3n, 8n >> -3n, 0n << 5000000000n);
console.log((2n ** 70n) & -(2n ** 65n), (2n ** 64n) | -1n, ~(2n ** 64n), -(2n ** 64n) >> 3n);
console.log(typeof 1n, typeof Object(1n), Object(1n), [1n, 2n], { a: 1n }, [1n, 22n, 333n, 4n, 5n, 6n, 7n, 8n, 9n]);
console.log(1n < 2, 2 > 1n, 1n == 1, 1n === 1, 1n == '1', 1n == 'x', 1n < 1.5, 2n > '1', 10n > 9n, 2n ** 70n > 1e20);
console.log(1n < undefined, 1n < NaN, 1n >= NaN, 1n < Infinity, 0n == false, 1n == true, 1n < '0x2', 1n <= 'z', 1n == null);
console.log(9007199254740993n > 9007199254740992, 9007199254740992n == 9007199254740993, Object.is(1n, 1n), -0n === 0n);
for (const f of [
  () => 1n + 1, () => 1 * 1n, () => 2 - 1n, () => 1n ** 2, () => 1 & 1n, () => 1n << 1, () => +1n, () => 1n >>> 0n,
  () => 1n / 0n, () => 1n % 0n, () => BigInt(1.5), () => BigInt('x'), () => BigInt('-0x1'), () => BigInt(undefined),
  () => new BigInt(1), () => JSON.stringify({ a: 1n }), () => Math.max(1n), () => 1n << 2n ** 31n, () => 2n ** 2n ** 40n,
  () => BigInt(Symbol('a')), () => BigInt.asIntN(-1, 1n), () => BigInt.asUintN(2 ** 40, -1n), () => BigInt.prototype.valueOf.call(1),
  () => isNaN(1n), () => ({ valueOf: () => 1n }) + 1,
]) {
  try { console.log(f()); } catch (error) { console.log(`${error}`); }
}
let x = 5n;
x++;
console.log(x, x++, ++x, x--, --x, -x, x + '', `${x}`, x ? 1 : 2, 0n ? 1 : 2, !0n, 0n || 'none', 0n ?? 'none', '1' + 2n);
console.log(BigInt.asIntN(8, 255n), BigInt.asUintN(8, -1n), BigInt.asIntN(64, 2n ** 63n), BigInt.asUintN(65, -1n), BigInt.asIntN(0, 9n));
console.log(BigInt('0x1f'), BigInt('  12  '), BigInt(''), BigInt('-7'), BigInt(1e21), BigInt(-0), BigInt(true));
console.log(Number(2n ** 70n), Number(2n ** 1024n), Number(-(2n ** 53n) - 1n), parseInt('12n'), 255n.toString(16), (-255n).toString(2));
console.log((-1234567n).toLocaleString(), 123n.toLocaleString(), `${Object(5n)}`, Object(2n) + 1n, Object(2n) == 2n);
console.log(new Map([[1n, 2], [2n ** 70n, 3]]).get(2n ** 70n), new Set([1n, 1n, 2n, 1]), [1n].includes(1n), [1n].indexOf(1n));
console.log(({ 1n: 2, 0x10n() { return 3; } })[16](), [5, 6][1n], { [3n]: 1 }, class { static 2n = 4 }[2]);
console.log([3n, 1, 2n].sort(), [3n, 1n, -2n].sort((a, b) => (a < b ? -1 : 1)), Number.isInteger(1n));
console.log('%d %i %f %s %o', 1n, 2n, 3n, 4n, 5n);
console.log(BigInt.prototype[Symbol.toStringTag], Object.prototype.toString.call(1n), BigInt.length, BigInt.name);
BigInt.prototype.toJSON = function () { return `${this}!`; };
console.log(JSON.stringify([1n, Object(2n)]));
console.log(eval('1n + 2n'), ((a = 1n, { b = 2n } = {}) => a + b)());

function squares(count) {
  let sum = 0n;
  for (let i = 0n; i < count; i++) sum += i * i - (i & 7n);
  return sum;
}
function factorial(n) {
  let product = 1n;
  for (let i = 1n; i <= n; i++) product *= i;
  return product;
}
function fibonacci(n) {
  let [a, b] = [0n, 1n];
  for (let i = 0; i < n; i++) [a, b] = [b, a + b];
  return a;
}
function mixed(count) {
  let sum = 0n;
  for (let i = 0; i < count; i++) sum += i % 3 ? BigInt(i) : 2n ** 40n * BigInt(i);
  return sum;
}
console.log(squares(1000n), factorial(30n), fibonacci(300), mixed(200));
let power = 3n ** 2000n, digits = power.toString();
console.log(digits.length, digits.slice(0, 20), BigInt(digits) === power, power / 3n ** 1990n, power % 1000007n);
