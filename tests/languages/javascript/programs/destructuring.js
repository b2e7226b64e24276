let [a, , b = 5, ...c] = [1, 2, undefined, 4, 5], { d, e: { f: ff = 7 } = {}, ...others } = { d: 1, x: 2, y: 3 };
console.log(a, b, c, d, ff, others);
[a, b] = [b, a]; ({ d: a.z, d } = { d: 9 }); console.log(a, b, d);
function p(x, y = x + 1, { z = y, w } = {}, ...[q, ...r]) { var x; const t = () => x + y + z; x = 10; return [x, y, z, w, q, r, t()] }
console.log(p(1), p(1, 2, { z: 3, w: 4 }, 5, 6, 7), p.length);
const o = {}; [o.a, o['b']] = 'hi'; console.log(o); for (const [k2, { v }] of [['a', { v: 1 }], ['b', { v: 2 }]]) console.log(k2, v);
for (o.k in { z: 1 }) console.log(o.k); console.log([0, ...'hi', ...[1, 2], 3], (({ m }, [n]) => m + n)({ m: 1 }, [2]));
try { let { zz } = null } catch (err) { console.log(err instanceof TypeError) }
function s() { let t = 0; for (let i = 0; i < 3000; i++) { const [x, y] = [i, 1], { u, v = 2 } = { u: 3 }; try { t += x + y + u + v } finally { t -= 1 } } return t } console.log(s());
function captured(a2 = 1, b2 = () => a2) { a2 = 5; return b2() } console.log(captured()); function shadow(a3, b3 = () => a3) { var a3 = 7; return [a3, b3()] } console.log(shadow(1));
var fn = function () {}, arrow = () => {}, { named = () => 1 } = {}; console.log(fn.name, arrow.name, named.name);
