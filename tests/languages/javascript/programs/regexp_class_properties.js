// RegExp.$1 and its kin: the match that was found last.
console.log([RegExp.$1, RegExp.lastMatch, RegExp['$`'], RegExp.input].join('|'));
/(\d+)-(\d+)/.test('on 12-24, 7-8');
const show = () => console.log([RegExp.$1, RegExp.$2, RegExp.$3, RegExp.$9, RegExp.lastMatch, RegExp['$&'], RegExp.lastParen, RegExp['$+'],
  RegExp.leftContext, RegExp['$`'], RegExp.rightContext, RegExp["$'"], RegExp.input, RegExp.$_].join('|'));
show();
/(x)/.test('nothing of it');
show();
'aXbXc'.replace(/(X)(b)?/g, '-');
show();
'k=v'.replace(/(\w)=(\w)/, (...all) => { show(); return RegExp.$2 + RegExp.$1; });
'a1b2c'.split(/(\d)/);
console.log(RegExp.$1);
const sticky = /(b)c/y;
sticky.lastIndex = 1;
sticky.exec('abcd');
show();
RegExp.input = 5;
RegExp.$1 = 'no effect';
console.log(RegExp.input, RegExp.$_, typeof RegExp.input, RegExp.$1);
const { get, set, enumerable, configurable } = Object.getOwnPropertyDescriptor(RegExp, '$1');
console.log(typeof get, typeof set, enumerable, configurable);
for (let i = 0, s = ''; i < 3000; i++) { /(\d)$/.test('n' + i); s = RegExp.$1; if (i === 2999) console.log(s); }
