// Prototypes, constructors and namespaces change while loops that rely on them are hot; names come as values; tables.
function P() {} P.prototype.f = function () { return 1; }; P.prototype.v = 10;
class Q extends P { get g() { return this.h + 1; } static s() { return 5; } }
let t = 0; const q = new Q(); q.h = 3;
for (let i = 0; i < 3000; i++) {
  t += q.f() + q.v + q.g + Q.s() + Math.max(i, 2) + "abc".indexOf("c");
  if (i === 500) P.prototype.f = function () { return 2; };
  if (i === 800) P.prototype.v = 11;
  if (i === 1000) Q.prototype.f = function () { return 3; };
  if (i === 1200) delete Q.prototype.f;
  if (i === 1400) Object.defineProperty(P.prototype, "v", { get() { return 100; }, configurable: true });
  if (i === 1600) Object.setPrototypeOf(Q.prototype, { f() { return 7; }, v: 1 });
  if (i === 1800) Object.setPrototypeOf(q, Object.create(Q.prototype, { g: { value: 50 } }));
  if (i === 2000) Q.s = () => 6;
  if (i === 2200) Math.max = () => 0;
  if (i === 2400) String.prototype.indexOf = () => 9;
  if (i > 2500) Object.getPrototypeOf(Q.prototype).v = i;
}
console.log(t);
function A() { this.a = 1; } A.prototype.kind = "old";
let kinds = [];
for (let i = 0; i < 600; i++) { const a = new A(); if (i % 100 === 0) kinds.push(a.kind); if (i === 250) A.prototype = { kind: "new" }; if (i === 450) A.prototype = 5; }
console.log(kinds.join(), new A() instanceof Object, Object.getPrototypeOf(new A()) === Object.prototype);
const scope = { x: 1, z: 3 }, inner = Object.create(scope); let u = 0;
for (let i = 0; i < 500; i++) { scope.x = i; u += inner.x + inner.z; if (i === 300) inner.x = 0; if (i % 50 === 0) scope["n" + i] = i; }
console.log(u, Object.keys(scope).length, inner.n450);
const table = {}; for (let i = 0; i < 300; i++) table["k" + i] = i; for (let i = 0; i < 300; i += 2) delete table["k" + i];
let w = 0; for (let r = 0; r < 50; r++) for (let i = 0; i < 300; i++) { w += table["k" + i] ?? 1; table["k" + i] = (table["k" + i] ?? 0) + 1; }
console.log(w, Object.keys(table).length, "k7" in table);
Object.freeze(table); try { "use strict"; table.k1 = 5; table.newer = 1 } catch (e) { console.log(e.message) } console.log(table.newer);
Object.prototype.added = 77; console.log(table.added, inner.added, [].added, (() => {}).added); Object.defineProperty(Object.prototype, "locked", { value: 1, writable: false });
const o2 = {}; for (let i = 0; i < 200; i++) o2["m" + i] = 1; o2["locked"] = 2; o2.locked = 3; console.log(o2.locked, Object.hasOwn(o2, "locked"));
class Sub extends Array {} const sub = Sub.from([1, 2, 3]); console.log(sub.map(x => x) instanceof Sub, [1, 2].map(x => x).constructor === Array);
const sp = [1, 2]; sp.constructor = { [Symbol.species]: function (n) { return { made: n }; } }; console.log(sp.map(x => x));
Object.defineProperty(Array, Symbol.species, { value: Sub, configurable: true }); console.log([5].filter(x => x) instanceof Sub);
const kinds2 = ["num", "add", "mul"]; let k2 = 0; for (let i = 0; i < 2000; i++) { const s = kinds2[i % 3]; if (s === "num") k2++; else if (s === "mu" + "l") k2 += 3; else if (s === "add") k2 += 2; const d = { num: 1, add: 2 }[s]; k2 += d ?? 10; }
console.log(k2, Object.getPrototypeOf(Object.create(null)), Object.create(null) instanceof Object);
