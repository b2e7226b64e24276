// Assignments that setters answer: own, inherited, of primitives, without setter, that throw, in strict code, hot.
const log = [];
const own = { _v: 1, get v() { return this._v; }, set v(x) { this._v = x * 2; return 99; } };
console.log((own.v = 5), own.v, (own.v += 1), own.v, own.v++, own._v);
class Base { #hidden = 0; get size() { return this.#hidden; } set size(x) { if (x < 0) throw new RangeError("small"); this.#hidden = x; log.push(x); } get only() { return 7; } static set kind(x) { this.seen = x; } }
class Child extends Base { set size(x) { super.size = x + 1; } get size() { return super.size; } }
const base = new Base(), child = new Child();
base.size = 3; child.size = 3; console.log(base.size, child.size, log.splice(0)); Child.kind = "k"; console.log(Child.seen, Base.seen);
try { base.size = -1; } catch (error) { console.log(error.message, base.size); }
base.only = 5; console.log(base.only); try { (function () { "use strict"; base.only = 5; })(); } catch (error) { console.log(error.name); }
Object.defineProperty(Number.prototype, "tag", { set(x) { log.push(typeof this, x); }, configurable: true }); (5).tag = 1; console.log(log.splice(0)); delete Number.prototype.tag;
const chained = Object.create(Object.create(own)); chained.v = 10; console.log(Object.keys(chained).join(), chained.v, own.v);
const a = {}, b = { set x(v) { a.x = v; }, set ["y" + 1](v) { this.z = v; } }; [b.x, b.y1] = [1, 2]; ({ p: b.x = 4 } = {}); for (b.x of [7, 8]); b["y1"] = 6; console.log(a.x, b.z);
const odd = { set f(v) {} }; Object.defineProperty(odd, "g", { set: Math.max }); Object.defineProperty(odd, "h", { set: class {}, configurable: true }); odd.g = 1; odd.f = odd; try { odd.h = 1; } catch (error) { console.log(error.name); }
function deep(n) { const thing = { set v(x) { if (x > 0) deep(x - 1); else log.push("bottom"); } }; thing.v = n; return n; } console.log(deep(50), log.splice(0));
let sum = 0; const counter = new Child();
for (let i = 0; i < 3000; i++) { counter.size = i; sum += counter.size; if (i % 1000 === 999) { try { Object.getPrototypeOf(Child.prototype).size = 0; } catch (error) { sum += 0.5; } } if (i === 1500) Object.defineProperty(Child.prototype, "size", { set(x) { this.other = x; }, get() { return this.other; } }); }
console.log(sum, log.length, counter.other); const many = [own, base, child, chained, { v: 0, size: 0 }]; for (let i = 0; i < 600; i++) { const thing = many[i % 5]; if (i % 2) thing.v = i; else thing.size = i; } console.log(own.v, many[4].v, many[4].size);
