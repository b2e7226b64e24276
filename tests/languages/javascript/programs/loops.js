outer: for (let i = 0; i < 5; i++) { for (let j = 0; j < 5; j++) { if (j == 2) continue outer; if (i == 2) break outer; console.log(i, j) } }
switch (3) { case 1: console.log('one'); case 3: console.log('three'); case 4: console.log('four'); break; default: console.log('no') }
for (const k in {a: 1, b: 2}) console.log(k);
for (const v of [1, 2]) console.log(v);
for (const v of 'h😀') console.log(v);
var s = ''; for (var i = 0; i < 1000; i++) s += 'x' + i; console.log(s.length, s.charCodeAt(500));
