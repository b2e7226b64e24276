var x = 1, y = 'a';
console.log(x + 2, y + 'b' + x, [1, 'two', {a: 1, b: {c: [1, {d: {}}]}}], -0, 1/3, 1e21, 5e-7, undefined, null, true);
console.log(`t${1 + 1}u${[1,2]}`, 7 % -3, -7 % 3, -4 % 2, 2 ** 10, 7 / 2, 6 / 2, 1 << 31, 1 >>> 0, -1 >>> 0, ~5, 0.1 + 0.2);
console.log(1 == '1', null == undefined, NaN == NaN, '10' < '9', 10 < '9', [] + {}, [1] == 1);
do { x++ } while (x < 10); console.log(x, 9007199254740993 * 3, 1125899906842623 + 1, 1e15 * 1e15 % 7);
console.log(Math.max(1, 2), Math.floor(-1.5), Math.sqrt(16), Math.round(-0.4), Math.imul(123456789, 987654321));
console.log(String(12) + Number('0x1f') + [1,[2,3]].join('-'), void 0, (1, 2));
