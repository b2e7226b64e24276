// Everything here becomes hot.
function Point(x, y) { this.x = x; this.y = y }
Point.prototype.add = function (other) { return new Point(this.x + other.x, this.y + other.y) };
function points() { let p = new Point(0, 0); const d = new Point(1, 2.5); for (let i = 0; i < 3000; i++) p = p.add(d); return p.x + p.y }
console.log(points());
function closures() { const f = x => y => x + y; let s = 0; for (let i = 0; i < 3000; i++) s += f(i)(1); return s }
console.log(closures());
function overflow() { let x = 1, n = 0; for (let i = 0; i < 2000; i++) { x = x * 3 + 1; n = n * 31 + i | 0; if (x > 1e300) x = -1 } return [x, n] }
console.log(overflow());
function mixed() { let s = 0; for (let i = 0; i < 3000; i++) { s += i % 3 == 0 ? 1 : i % 3 == 1 ? 0.5 : -1 } return s }
console.log(mixed());
function caught() { let n = 0; for (let i = 0; i < 3000; i++) { try { if (i % 7 == 0) throw i; n += 2 } catch (e) { n -= e % 5 } } return n }
console.log(caught());
function shapes() { let s = 0; const all = [{ a: 1 }, { b: 1, a: 2 }, { c: 1, a: 3 }, { d: 1, a: 4 }, { e: 1, a: 5 }, { f: 1, a: 6 }]; for (let i = 0; i < 3000; i++) s += all[i % 6].a; return s }
console.log(shapes());
function text() { let s = ''; for (let i = 0; i < 3000; i++) s += i; let h = 0; for (let i = 0; i < s.length; i++) h = (h * 31 + s.charCodeAt(i)) | 0; return h }
console.log(text());
function zeros() { let n = 0; for (let i = -1500; i < 1500; i++) { const z = i * 0; if (1 / z < 0) n++; if (1 / (-i % 5) === -Infinity) n += 2 } return n }
console.log(zeros());
function sites(o) { return o.v } let sum = 0; for (var i = 0; i < 2000; i++) { const o = {}; o['k' + i % 9] = i; o.v = i; sum += sites(o) } console.log(sum);
function many() { let n = 0; for (const k in { a: 1, b: 2, c: 3 }) for (const v of [1, 2, 3, 4]) n += k.length * v; return n } for (let i = 0; i < 300; i++) many(); console.log(many());
function args() { let s = 0; for (let i = 0; i < arguments.length; i++) s += arguments[i]; return s } let total = 0; for (let i = 0; i < 1000; i++) total += args(i, 1, 2); console.log(total);
Point.prototype.add = function (other) { return new Point(this.x - other.x, this.y - other.y) }; console.log(points());
