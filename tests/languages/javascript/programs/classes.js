class A { constructor(x) { this.x = x } m() { return 'A.m' + this.x } static s() { return 'A.s' } f = 1; g = () => this.x + this.f; get_() { return this.g() } }
class B extends A { constructor(x, y) { super(x); this.y = y } m() { return 'B.' + super.m() + this.y } static s() { return 'B' + super.s() } h = this.x * 2; static t = B.s() + '!'; static { this.u = 7 } }
const b = new B(1, 2); console.log(b.m(), B.s(), B.t, B.u, b.f, b.h, b.g(), b.get_(), b instanceof A, b instanceof B, B.name, B.length);
console.log(b, new A(5), A, B, class {}, [new A(1)]);
class C extends B {} const c = new C(3, 4, 5); console.log(c.m(), c.h, c.constructor.name, C);
for (const k in c) console.log(k);
try { A() } catch (e) { console.log(e.message) } try { new (class extends A { constructor() { } })() } catch (e) { console.log(e.message) }
try { new (class extends A { constructor() { super(); super() } })() } catch (e) { console.log(e.message) } try { class X extends 5 {} } catch (e) { console.log(e.message) }
class MyError extends Error { constructor(m) { super(m); this.code = 42 } } try { throw new MyError('bad') } catch (e) { console.log(e instanceof MyError, e instanceof Error, e.message, e.code, String(e)) }
const D = class Named { self() { return Named } ['comp' + 1]() { return 'c' } }; console.log(new D().self() === D, new D().comp1());
const base = { hi() { return 'base' } }; const o = { hi() { return 'o' } }; console.log(o.hi(), base);
function Old(x) { this.x = x } Old.prototype.get = function () { return this.x }; class New extends Old { get() { return 'new' + super.get() } } console.log(new New(3).get(), new New(3));
function hot() { let s = 0; for (let i = 0; i < 3000; i++) { const q = new B(i, 1); s += q.h + q.m().length + q.g() } return s } console.log(hot());
class Early extends A { constructor() { const f = () => this; try { f() } catch (e) { console.log(e.name) } super(1); console.log(f() === this, f().x) } } new Early();

// A constructor that nobody wrote hands on all arguments, however many.
class TakesFive {
  constructor(...all) {
    this.all = all;
  }
}
class HandsOn extends TakesFive {}
class HandsOnAgain extends HandsOn {
  extra = this.all.length;
}
console.log(new HandsOn(1, 2, 3, 4, 5).all.join(), new HandsOnAgain(1, 2, 3, 4, 5, 6, 7, 8, 9).all.join(), new HandsOnAgain().extra);
