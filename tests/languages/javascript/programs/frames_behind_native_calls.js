// Native functions run guest code, whose frames lie where slots of the caller were in use before.
const o = { valueOf() { let a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8, i = 9, j = 10; const s = String.fromCharCode(a, b, c, d, e, f, g, h, i, j, a, b, c, d, e, f); return s.length + a + b + c + d + e + f + g + h + i + j; } };
class A { constructor(n) { this.attr = n; } }
class B { constructor(n) { this.o = 1; this.attr = n; } }
class C { constructor(n) { this.p = 1; this.o = 1; this.attr = n; } }
function* f(xs, ys, zs, n) {
  let t = 0;
  for (let i = 0; i < n; i++) {
    const s = xs[i], y = ys[i], z = zs[i];
    const a = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, Math.max(Math.abs(o), s.attr)];
    Math.abs(o);
    if (y) {
      const b = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, Math.max(Math.abs(o), z.attr)];
      t += b[15];
    }
    t += a.length + a[16];
  }
  yield t;
}
const A1 = new A(1), B1 = new B(1), C1 = new C(1);
const n = 20000;
let r = 12345;
const xs = [], ys = [], zs = [];
for (let i = 0; i < n; i++) {
  r = (Math.imul(r, 1103515245) + 12345) & 0x7fffffff;
  xs.push((r >> 16) % 3 == 0 ? B1 : A1);
  ys.push((r >> 20) % 3 == 0 && i > 8000);
  zs.push(i >= 19000 && i < 19100 ? C1 : A1);
}
console.log([...f(xs, ys, zs, n)]);
