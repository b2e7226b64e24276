function Point(x, y) { this.x = x; this.y = y; }
Point.prototype.sum = function () { return this.x + this.y; };
let p = new Point(3, 4);
console.log(p.sum(), p instanceof Point, 'x' in p, typeof p, typeof Point, typeof zzz);
let o = { a: 1 }; o.b ??= 5; o.a += 2; o['c' + 1] = 3; delete o.a; console.log(o, o?.z?.y, o.b++ + ++o.b);
