// Built-ins that call back: what is called when and with what, and that hot callbacks are right.
const list = [1, 2, 3];
console.log(list.map(x => x * 2), [3, 1, 2].sort((a, b) => a - b), [1, 2, 3, 4].filter(x => x % 2));
console.log(list.reduce((a, b) => a + b), list.reduceRight((a, b) => a + "-" + b, "z"));
console.log(list.every(x => x), list.some(x => x > 5), list.find(x => x > 1), list.findIndex(x => x > 5));
console.log(list.findLast(x => x < 3), list.findLastIndex(x => x < 3), [[1, 2], [3]].flatMap(x => x));
console.log(list.map(Number).map(String), list.forEach(() => 1));

// Holes are passed over, or are undefined; what is added while it runs is not visited, what is removed is not either.
const holes = [1, , 3];
const log = [];
holes.forEach((x, i) => log.push(i));
console.log(log, holes.map(x => x), holes.find(x => x === undefined), holes.findIndex(x => x === undefined));
console.log([1, 2, 3, 4].filter((x, i, all) => { all.pop(); all.unshift(0); return true; }));
const growing = [1, 2];
growing.forEach(x => { if (growing.length < 10) growing.push(x); });
console.log(growing, [1, 2, 3].map((x, i, all) => { all.length = 1; return x; }));
Object.prototype[1] = "inherited";
console.log(holes.map(x => x), holes.reduce((a, b) => a + b));
delete Object.prototype[1];

// this, its conversion, the order of what is looked at
console.log([1].map(function () { return this.z; }, { z: 1 }), [1].map(function () { return typeof this; }, 5));
console.log([1].map(function () { "use strict"; return this; }, 5), Array.prototype.map.call("ab", x => x + x));
const asked = new Proxy({ length: 2, 0: "a", 1: "b" }, {
  get(target, key) { log.push("get " + String(key)); return target[key]; },
  has(target, key) { log.push("has " + String(key)); return key in target; },
});
log.length = 0;
console.log(Array.prototype.map.call(asked, x => x), log.join());
log.length = 0;
console.log(Array.prototype.findLast.call(asked, x => x === "a"), log.join());
console.log(Array.prototype.some.call({ length: 2 ** 53 - 1, 0: 7 }, x => x === 7));
console.log(Array.prototype.findLastIndex.call({ length: 2 ** 53 - 1 }, (x, i) => i <= 2 ** 53 - 4));

// Species
class Special extends Array {}
const special = Special.from([3, 1, 2]);
console.log(special, special.map(x => x) instanceof Special, special.filter(x => x > 1), special.toSorted() instanceof Special);

// Sorting: stable, undefined at the end, holes after that; any answer of the function is survived.
const people = Array.from({ length: 40 }, (_, i) => ({ age: (i * 7) % 5, i }));
console.log(people.sort((a, b) => a.age - b.age).map(p => p.age + ":" + p.i).join());
console.log([5, undefined, 3, , 1].sort((a, b) => a - b), [undefined, 2, 1].toSorted((a, b) => b - a), [10, 9, 1].sort());
const chaos = Array.from({ length: 50 }, (_, i) => i);
let turn = 0;
chaos.sort(() => [1, -1, 0, NaN, undefined, "2", {}][turn++ % 7]);
console.log(chaos.length, chaos.reduce((a, b) => a + b), [2, 1].sort((a, b) => ({ valueOf: () => a - b })));
console.log([3, 2, 1].sort((a, b) => (a > b) - (a < b)), [1, 2, 3].sort(undefined));

// Maps and sets change while they are visited; Array.from closes its iterator.
const map = new Map([[1, "a"], [2, "b"], [3, "c"]]);
map.forEach(function (value, key, whole) { log.push(value + key + (whole === map) + this.q); if (key === 1) { map.delete(2); map.set(4, "d"); } }, { q: "!" });
console.log(log.slice(-3).join(" "));
new Set(["x", "y"]).forEach((value, key, whole) => console.log(value, key, whole.size));
const closing = { [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }), return() { console.log("closed"); return {}; } }; } };
try { Array.from(closing, () => { throw new Error("stop"); }); } catch (error) { console.log(error.message); }
console.log(Array.from("a\u{1F600}b", (x, i) => x + i), Array.from({ length: 2, 0: 1 }), Array.from(new Set([1, 1, 2]), x => -x));

// They are built-in functions like the others.
console.log([].map.name, [].map.length, Array.from.length, [].reduce.toString(), "prototype" in [].map, Object.getOwnPropertyNames([].sort).join());
for (const wrong of [() => [].map(5), () => [].reduce((a, b) => a), () => [1].sort("x"), () => new Map().forEach()]) {
  try { wrong(); } catch (error) { console.log(error.name, error.message); }
}
for (const wrong of [() => new [].map(x => x), () => [].map.call(null), () => Array.from(null), () => [1].forEach(class {})]) {
  try { wrong(); } catch (error) { console.log(error.name); }
}

// call, apply, bind
function show(a, b) { return [this && this.q, a, b, arguments.length].join(); }
console.log(show.call({ q: 1 }, 2, 3), show.apply({ q: 1 }, [4, 5]), show.bind({ q: 7 }, 8)(9), show.call(), show.apply({ q: 2 }));
console.log(show.bind({ q: 1 }, 1).bind({ q: 2 }, 2)(3), show.apply({ q: 3 }, { length: 2, 0: 1 }), show.apply({ q: 3 }, [, 1]), Function.prototype.call.call(show, { q: 4 }, 1));
(function (a) { console.log(show.apply(this, arguments)); a = 9; console.log(show.apply(this, arguments)); arguments.length = 1; console.log(show.apply(this, arguments)); }).call({ q: 5 }, 1, 2);
(function (a) { arguments[0] = 8; delete arguments[1]; console.log(show.apply(this, arguments), show.call.apply(show, arguments)); }).call({ q: 6 }, 1, 2);
for (const wrong of [() => show.apply(null, 5), () => Function.prototype.call.call(5), () => show.call.call(), () => new (show.call)()]) {
  try { console.log(wrong()); } catch (error) { console.log(error.name); }
}
const Bound = show.bind({ q: 1 });
console.log(new Bound(1) instanceof show, Math.max.apply(null, [1, 5, 2]), Math.max.call(null, 3, 4), [].concat.apply([], [[1], [2]]));

// Hot: several callbacks by way of one place, callbacks that throw, that change the array, nested ones.
function through(values, f) { return values.map(f); }
let total = 0;
const numbers = Array.from({ length: 30 }, (_, i) => i);
for (let round = 0; round < 60; round++) {
  total += through(numbers, x => x + round)[3] + through(numbers, x => x * 2)[4] + through(numbers, String).length;
  total += numbers.filter(x => x % 3 === 0).map(x => x / 2).reduce((a, b) => a + b, 0.5);
  total += numbers.reduce((a, x) => a + [x, x].reduce((p, q) => p + q), 0);
  try { numbers.forEach(x => { if (x === round) throw round; }); } catch (thrown) { total += thrown; }
  total += numbers.toSorted((a, b) => (round % 2 ? a - b : b - a))[0] + numbers.find(x => x >= round / 3);
  const copy = numbers.slice();
  total += copy.some((x, i, all) => { all[i] = -1; return i === 20; }) ? copy.indexOf(20) : copy.length;
}
console.log(total);
