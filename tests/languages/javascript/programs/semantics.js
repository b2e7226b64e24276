var r = []; for (let i = 0; i < 4; i++) { if (i == 1) continue; r.push(() => i++); } console.log(r[0]() + r[1]() + r[2]() + r[1]());
(function () { switch (2) { case 1: let q = 1; case 2: try { q } catch (e) { console.log(e.message) } } })();
foo: { console.log('in'); break foo; console.log('never') }
(function () { console.log(typeof h); { function h() { return 1 } } console.log(typeof h, h()) })();
(function () { var a = 1; { let a = 2; { var b = a } } console.log(a, b) })();
console.log((function fact(n) { return n ? n * fact(n - 1) : 1 })(5));
(function (a, b) { arguments.x = 1; console.log(arguments.length, a, b) })(1);
var f2 = function g2() { g2 = 5; return typeof g2 }; console.log(f2());
(function () { 'use strict'; try { undefinedVar = 1 } catch (e) { console.log(e.message) } })();
console.log([1, 2, 3] + '', [] + [], {} + '', [null] + '', [undefined, 1] + '');
console.log(+'', +' 12 ', +'1e3', +'0b11', +'abc', +null, +undefined, +true, +[], +[5], -'3');
console.log(0 === -0, 1 / -0, 5 % 0, -1 % 1, 2 ** -1, 2 ** 0.5, (-8) ** (1 / 3), 10 / 3 | 0);
console.log(1e300 * 1e10, -1e300 * 1e10, 0 / 0, 1 << 32, 1 << 33, -1 >> 31, 5 >>> 1, 2 ** 31 | 0, 2 ** 53 + 1, 123456789 * 987654321);
console.log('b' > 'a', 'B' > 'a', 2 > '10', 'a' < 1, null >= 0, undefined == 0, null == 0, '' == 0, '0' == false, [] == false, NaN != NaN);
var i = 5; i = i++ + ++i; console.log(i); var j = 1; j += j++ + j; console.log(j); var arr = [1, 2, 3], k = 0; arr[k++] = arr[k++] + arr[k]; console.log(arr, k);
var x = 1; x = x + (x = 5) + x; console.log(x); var y = 3; y += (y = 10, 1); console.log(y);
console.log((() => { try { return 1 } finally { x = 99 } })(), x);
var o = { a: { b: { c: 1 } }, f() { return this.a.b.c } }; console.log(o?.a?.b.c, o.zz?.b.c.d, o.f?.(), o.g?.(), o['f'](), (0, o.f) === o.f);
var s = 'abc'; console.log(s[1], s[5], s.length, s['length'], 'a' in { a: 1 }, delete o.a, o.a);
console.log(typeof null, typeof undefined, typeof 1, typeof 's', typeof {}, typeof [], typeof (() => 1), typeof NaN);
console.log([1, [2, [3, [4, [5]]]]], { a: { b: { c: { d: 1 } } } }, ['a\nb', "it's", 'q"\'`'], { 'a-b': 1, 2: 3, c: undefined });
console.log(function named() { }, class Z { }, Math.max(), Math.min(), Math.max(1, NaN), Math.round(2.5), Math.round(-2.5), Math.sign(-3));
var c1 = { toString: undefined, n: 0 }; for (var p in { x: 1, y: 2 }) c1[p] = 1; console.log(c1);
label: for (var a1 = 0; a1 < 3; a1++) { for (; ;) { if (a1 == 1) continue label; break } console.log(a1) }
var fns = {}; for (const key in { p: 1, q: 2 }) fns[key] = () => key; console.log(fns.p(), fns.q());
do { var once = 1 } while (false); console.log(once); while (once--) console.log('w', once); for (; ;) break;
if (0) { } else if (1) console.log('elseif'); else console.log('no');
console.log(`a${1}${'b'}${[1, 2]}${null}`, 'x'.charCodeAt(0), 'xyz'.indexOf('z'), 'hello'.slice(1, -1), 'hello'.slice(-3), String.fromCharCode(104, 105));
console.log(new Error('m').message, String(new TypeError('t')), new RangeError('r') instanceof Error, Error('x').message);
var t = 0; for (var q1 = 0; q1 < 10; q1++) { if (q1 & 1) continue; t += q1 } console.log(t, q1);
console.log([..."ab", 1], [[1, 2], [3]].length, [1, 2, 3].join('-'), [1, 2].pop(), [].pop(), Array.isArray([]), Object.keys({ b: 1, a: 2 }));
var big = []; for (var n1 = 0; n1 < 5; n1++) big[n1] = n1 * n1; big.length = 3; console.log(big, big.length);
console.log(1 + + '1', '3' * '4', '5' - 2, '5' + 2, true + true, [] * 2, null + 1, undefined + 1, 'a' * 1);
var { length } = 'hello'; console.log(length); var [h1, ...t1] = 'xyz'; console.log(h1, t1);
console.log(0.1 * 3, 1e21 + 1, 123e-20, 1.5e300, 4.35, 100, 1e5, 0.000001, 1e-7, 123456789012345680000);

// Comparisons that branch, texts of one unit, products and remainders that are 0.
{
  const shown = [];
  for (const [a, b] of [[1, 2], [2, 1], [1, 1], ["a", "b"], ["b", "a"], ["\u00ff", "\u0100"], ["a", "aa"], ["10", 9], [NaN, 1], [null, 0], [undefined, null], [1, 1.0]]) {
    let bits = "";
    if (a < b) bits += "<";
    if (a <= b) bits += "l";
    if (a > b) bits += ">";
    if (a >= b) bits += "g";
    if (a == b) bits += "=";
    if (a != b) bits += "n";
    if (a === b) bits += "s";
    if (a !== b) bits += "d";
    if (!(a < b)) bits += "!";
    shown.push(bits);
  }
  console.log(shown.join(" "));
  const text = "a\u00e9\u0100b";
  let row = "";
  for (let i = -1; i < 6; i++) row += text[i] + text.charAt(i) + text.at(i) + text.substring(i, i + 1) + text.slice(i, i + 1) + (text[i] === "b") + ";";
  console.log(row, String.fromCharCode(97) === "a", String.fromCharCode(256) === "\u0100", "xyz"[1] === "y");
  const products = [];
  for (let i = -2; i < 3; i++) products.push(Object.is(i * 0, -0), Object.is(0 * i, -0), Object.is(i % 2, -0), i * 3, Object.is(i * -1, -0));
  console.log(products.join());
}
