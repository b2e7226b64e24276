// Precedence, grouping, and chains.
a + b * c ** d ** e - f;
a ? b : c ? d : e;
(a ?? b) || c && d;
a?.b[c]?.(d).e;
!typeof a in b, -(a ** b), a++ + ++b;
new a.b(c)(d)`e${f}g`.h;
a = b ||= c => d, await / 2;
delete a.b, void 0, a instanceof b, x >>> 1 === y;
/(?<year>\d{4})-\k<year>/u.test(`a\u{41}${1}\n`);
