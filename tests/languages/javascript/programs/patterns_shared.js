// Regular expressions that share a compiled pattern, the arrays of matches, lastIndex.
const p = /(\d)(?<l>[a-z])?/g;
console.log("1a2b3".replace(p, (m, d, l) => m + "<" + "9z".replace(p, (n) => n + "!") + new RegExp("(\\d)(?<l>[a-z])?", "g").test("5") + ">"));
console.log([..."1a2".matchAll(p)].map(m => [m.index, m[0], m.groups.l, Object.keys(m).join()]), p.lastIndex);
const a = new RegExp("x", "g"), b = new RegExp("x", "g"); a.lastIndex = 2; console.log(a.lastIndex, b.lastIndex, a.test("xxx"), a.lastIndex, a.test("xxx"), a.lastIndex);
const m = /b(c)?/.exec("abc"); console.log(m, m.index, m.input, m.groups, Object.getOwnPropertyNames(m).join()); m.extra = 1; m.index = "changed"; console.log(m.index, /b(c)?/.exec("ab").index, m.extra);
Object.defineProperty(b, "lastIndex", { writable: false, value: 0 }); try { b.test("x") } catch (e) { console.log(e.name) }
for (let i = 0; i < 300; i++) { const r = new RegExp("a" + i); if (!r.test("xa" + i)) console.log("no", i); }
try { new RegExp("(") } catch (e) { console.log(e.message) } try { new RegExp("a", "gg") } catch (e) { console.log(e.message) }
console.log("a,b;c".split(/[,;]/), "aXbX".replaceAll("X", (x, i) => x + i), Object.getPrototypeOf(/(?<n>a)/.exec("a").groups));
