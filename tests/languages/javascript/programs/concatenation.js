// Templates and rows of `+` with texts: what comes of every type, in which order operands are asked, short and long pieces, wide units.
const order = [];
const thing = (name, value) => ({
  valueOf() {
    order.push(name + '.valueOf');
    return value;
  },
  toString() {
    order.push(name + '.toString');
    return 'text of ' + name;
  },
});
const values = [0, -0, 1, -1, 12, 1.5, NaN, Infinity, 2 ** 53, 2 ** 50, -(2 ** 40), 10n, true, null, undefined, 'x', '', [1, 2], {}];
for (const a of values) {
  console.log(`<${a}|${a}>`, '<' + a + '|' + a, a + 'px' + a, `${a}${a}${a}`, a + a + '|' + a, `${a}`, `${a}!`, a + '');
}
console.log(1 + 2 + 'a' + 1 + 2, 1 + 2 * 3 + 'a' + 4 * 2 + 1, 'a' + 1 + 2 - 3, ('a' + 1 + 2) * 3, 'a' + (1 + 2) + 'b');
console.log(`${thing('a', 1)} ${thing('b', 2)}`, thing('c', 1) + ' ' + thing('d', 2) + thing('e', 3), order.join());
order.length = 0;
const step = (name) => {
  order.push(name);
  return thing(name, name);
};
console.log(step('a') + '-' + step('b') + `${step('c')}` + step('d'), order.join());
for (const work of [
  () => `${1}${Symbol('s')}${order.push('not here')}`,
  () => 'a' + Symbol('s') + order.push('not here'),
  () => Symbol('s') + 'a' + order.push('not here'),
]) {
  order.length = 0;
  try {
    work();
  } catch (error) {
    console.log(error.name + ': ' + error.message, order.length);
  }
}
console.log(new Date(NaN) + '|' + new Date(NaN) + '|');
let variable = 1;
console.log(variable + ':' + variable++ + ':' + variable + ':' + (variable = 7) + ':' + variable);
const long = 'long '.repeat(40);
let text = '';
for (let i = 0; i < 2000; i++) text = `${text}${i},${i * 3};`;
let front = '';
for (let i = 0; i < 500; i++) front = i + ',' + front + '.';
console.log(text.length, text.slice(-20), front.length, front.slice(0, 12), `${long}|${1}|${long}|${long.length}`.length);
console.log(`\u{1F600}${1}ä${22}`, 'é' + 1 + '\u4e00' + 2, `${'\u4e00'}${3}`.length, `${'a'}${'b'}` === 'ab', `${''}${''}${''}` === '', `${''}${'a'}${''}` === 'a');
const many = Array.from({ length: 70 }, (_, i) => `v${i}`).join(' + "," + ');
console.log(new Function(...Array.from({ length: 70 }, (_, i) => `v${i}`), `return ${many} + ''`)(...Array.from({ length: 70 }, (_, i) => i * i)));
function hot(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const value = i % 5 === 0 ? -i : i % 7 === 0 ? i / 2 : i % 11 === 0 ? 'k' + i : i;
    const text = `${value}.${i % 256}-${value}` + '/' + value + ':' + (i & 1);
    sum = (sum * 31 + text.length + text.charCodeAt(text.length >> 1)) | 0;
  }
  return sum;
}
console.log(hot(3000));
const keys = {};
for (let i = 0; i < 300; i++) keys[`${i % 3}.${i % 2}.k`] = i;
console.log(JSON.stringify(keys));
