// Replacing, splitting and matching: templates, functions with few and many groups, names, what a program changes in between.
const show = (...values) => console.log(...values.map((value) => JSON.stringify(value)));
const text = 'one 12-34 two 5-678, drei 9-0';
for (const template of ['<$&>', '$1+$2', '$2$1$3', '$$1', '$0', '$10', '$01', '$', '$x', '[$`|$\']', '$<a>', '$<', '$12$']) {
  show(text.replace(/(\d+)-(\d+)/, template), text.replace(/(\d+)-(\d+)/g, template), text.replace(/(?<a>\d+)-(?<b>\d+)/g, template));
}
show('abc'.replace(/(x)?b/g, '[$1]'), 'abc'.replace(/(?<n>x)?b/, '[$<n>|$<m>]'), 'aXbX'.replace('X', '$&$&'), 'aXbX'.replaceAll('X', "$'"));
show('abc'.replace(/^/g, ''), 'abc'.replace(/$/g, '!'), 'abc'.replace(/(?:)/g, '-'), '\u{1F600}x'.replace(/(?:)/gu, '-'), '\u{1F600}x'.replace(/(?:)/g, '-').length);
for (const pattern of [/\d/g, /(\d)/g, /(\d)-(\d)/g, /(\d)(-)(\d)/g, /(\d)(-)(\d)(\d)?/g, /(?<first>\d)-/g, /\d/, /zz/g, /(?:)/g, '5', '', 'zz']) {
  const calls = [];
  const result = text.replace(pattern, function (...all) {
    calls.push([this === undefined, all.length, ...all.map((each) => (each === undefined ? 'undefined' : each))]);
    return calls.length % 2 ? { toString: () => 'T' } : calls.length;
  });
  show(result, calls);
}
show(text.replaceAll('-', (found, place, whole) => `${found}${place}${whole.length}`), text.replaceAll(/o/g, () => '$&'), 'aaa'.replaceAll('', () => '.'));
for (const work of [() => 'a'.replaceAll(/a/, () => ''), () => 'a'.replaceAll(/a/, 'b'), () => String.prototype.replace.call(null, 'a', 'b'), () => 'a'.replace(/a/, () => Symbol()), () => 'a'.matchAll(/a/), () => String.prototype.replaceAll.call(undefined)]) {
  try {
    show(work());
  } catch (error) {
    console.log(error.name, error.message);
  }
}
const sticky = /\d/y;
sticky.lastIndex = 4;
show(text.replace(sticky, '#'), sticky.lastIndex, text.replace(sticky, () => '#'), sticky.lastIndex, text.replace(sticky, '#'), sticky.lastIndex);
const both = /\d|-/gy;
both.lastIndex = 3;
show('1-2 3'.replace(both, '#'), both.lastIndex, '1-2 3'.replace(both, (found) => found + found), both.lastIndex);
const inner = /\d+/g;
show('1 2 3'.replace(inner, (found) => 'x'.repeat(found) + '4 5'.replace(inner, (other) => other * 2) + inner.lastIndex));
for (const [pattern, limit] of [[/,/], [/(,)/], [/(,)|(;)/], [/\s*/], [/(?:)/], [/(?:)/u], [/,/, 2], [/(,)/, 2], [/,/, 0], [/,/, -1], [/,/y], [/,$/], [/^/m], [/a*?/], [/a*/], [/,/g, 1.9], [',', 2], ['', 3]]) {
  show('a,b;c,,\u{1F600}'.split(pattern, limit), ''.split(pattern, limit), 'aab'.split(pattern, limit));
}
show([...'a1b22'.matchAll(/[a-z](?<digits>\d+)/g)].map((each) => [each[0], each.index, each.input, { ...each.groups }]));
const walked = /\d/g;
walked.lastIndex = 3;
show([...'1234'.matchAll(walked)].map((each) => each[0]), walked.lastIndex, [...'aXbX'.matchAll('X')].length, [...'\u{1F600}'.matchAll(/(?:)/gu)].length);
show('a1b2'.match(/\d/g), 'ab'.match(/\d/g), 'a1'.match(/(?<d>\d)/).groups.d, 'a1b2'.match(/\d/).index, 'x'.match());
const found = /(a)(b)?(?<name>c)/.exec('zzabc' + 'y'.repeat(3000));
show(found[0], found[1], found[2], found[3], found.index, found.groups, found.input.length);
const parts = [];
for (let i = 0; i < 50; i++) parts.push(/(\w+) (\w+)/.exec(`word${i} ${'other'.repeat(i + 1)} end`));
show(parts.map((each) => each[1]).join(), parts.reduce((sum, each) => sum + each[2].length, 0), parts[7][1] + parts[7][2] + parts[8][1] + parts[9][2], parts[5][1] === 'word5');
function hot(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const line = `key${i % 7}=${i}; other=${i * 3}`;
    const swapped = line.replace(/(\w+)=(\d+)/g, (_, name, value) => `${value}:${name}`);
    const doubled = line.replace(/\d+/g, (digits) => digits * 2);
    sum += swapped.length + doubled.length + line.split(/[=;] ?/).length + line.replace(/(\w)=/g, '$1$1').length;
    for (const each of line.matchAll(/(?<name>\w+)=(?<value>\d+)/g)) sum += each.groups.name.length + Number(each.groups.value);
  }
  return sum;
}
show(hot(600));
// What a program changes is seen.
const own = /b/g;
own.exec = () => null;
show('abc'.replace(own, 'x'), 'abc'.split(own), 'abc'.match(own), [...'abc'.matchAll(/b/g)].length);
const species = RegExp[Symbol.species];
Object.defineProperty(RegExp, Symbol.species, { configurable: true, get: () => class extends RegExp { exec() { return null; } } });
show('abc'.split(/b/), [...'abc'.matchAll(/b/g)].length, 'abc'.replace(/b/, () => 'x'));
const { exec } = RegExp.prototype;
let asked = 0;
RegExp.prototype.exec = function (given) {
  asked++;
  return exec.call(this, given);
};
show('abcb'.replace(/b/g, () => 'x'), 'abcb'.replace(/(b)/g, '$1$1'), 'abc'.match(/b/g), asked, 'a,b'.replaceAll(',', () => '.'));
