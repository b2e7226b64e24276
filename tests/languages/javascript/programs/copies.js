// Copies by spread, frozen and sealed objects, and findings about prototypes that stop being true.
"use strict";
const attempt = (f) => { try { return f() } catch (e) { return e.name } };
const mark = Symbol("mark");
class Hidden {
    #secret = 1;
    open = 2;
    constructor() { this.later = 3 }
    raise() { this.#secret++; return this }
    get secret() { return this.#secret }
}
let calls = 0;
const sources = [
    { a: 1, b: 2 },
    { [mark]: 1, b: 3, a: 4 },
    { 2: "two", 1: "one", z: 0 },
    { get counted() { return ++calls }, after: 1 },
    Object.defineProperty({ seen: 1 }, "unseen", { value: 2 }),
    Object.freeze({ a: 1, f: 2 }),
    Object.create({ inherited: 1 }, { own: { value: 5, enumerable: true } }),
    new Hidden(), [7, 8], "text", 12, null, undefined, () => 1, Object.assign(() => 1, { p: 1 }), new Date(0),
];
for (let i = 0; i < 40; i++) sources.push({ ["k" + i % 7]: i, common: i % 3 });
function copies(source) {
    const first = { ...source };
    const second = { a: "first", get b() { return "getter" }, ...source, last: 1 };
    const third = { ...source, ...first, a: 0 };
    const { a, ...rest } = { ...source };
    return [first, second, third, rest, Object.getOwnPropertyDescriptor(second, "b"), Reflect.ownKeys(third).length];
}
let text = "";
for (let round = 0; round < 12; round++) {
    text = sources.map((source) => copies(source)).map((each) => JSON.stringify(each)).join("\n");
}
console.log(text, calls);
console.log({ ...sources[1] }, { ...sources[7] }, { ...{ ...sources[0], __proto__: null } });
const many = {};
for (let i = 0; i < 140; i++) many["n" + i] = i;
console.log(Object.keys({ ...many, x: 1 }).length, Object.keys({ x: 1, ...many, n3: "three" }).length, { ...many }.n139);
const nearly = {};
for (let i = 0; i < 127; i++) nearly["n" + i] = i;
console.log(Object.keys({ a: 1, b: 2, c: 3, ...nearly }).length, { a: 1, b: 2, c: 3, ...nearly }.n126);

const records = [];
for (let i = 0; i < 300; i++) {
    const record = i % 3 === 0 ? { kind: "x", i } : i % 3 === 1 ? { kind: "y", get i() { return 1 } } : new Hidden();
    if (i % 2 === 0) Object.freeze(record); else Object.seal(record);
    records.push(record);
}
const [frozen, sealedGetter, frozenHidden] = [records[0], records[1], records[2]];
const sealedHidden = records[5];
console.log(attempt(() => { frozen.i = 1 }), attempt(() => { frozen.more = 1 }), attempt(() => delete frozen.kind), attempt(() => { sealedGetter.kind = "z" }));
console.log(frozen, sealedGetter, Object.isFrozen(frozen), Object.isFrozen(sealedGetter), Object.isSealed(sealedGetter), Object.isSealed(frozen));
console.log(frozenHidden.raise().secret, attempt(() => { frozenHidden.open = 1 }), sealedHidden.raise().raise().secret, Object.isFrozen(sealedHidden));
console.log(records.filter(Object.isFrozen).length, records.filter(Object.isSealed).length, { ...frozen, i: "new" }, Object.isFrozen({ ...frozen }));
console.log(Object.isFrozen(Object.freeze(Object.seal({ a: 1 }))), Object.getOwnPropertyDescriptors(Object.seal({ a: 1, [mark]: 2 })), Object.getOwnPropertyDescriptor(Object.freeze({ 1: 1 }), 1));

// What has been found out of arrays and prototypes, until somebody changes it.
const sum = (values) => { let all = 0; for (const value of values) all += value; return all };
const add = (a, b) => a + b;
const total = (values) => add(...values);
let before = 0;
for (let i = 0; i < 200; i++) before += sum([i, 1]) + total([i, 2]) + [1, 2].map((x) => x + i)[1];
console.log(before);
const steps = Object.getPrototypeOf([][Symbol.iterator]());
const next = steps.next;
steps.next = function () { const found = next.call(this); if (!found.done) found.value *= 10; return found };
console.log(sum([1, 2]), total([3, 4]));
steps.next = next;
console.log(sum([1, 2]), total([3, 4]));
const iterator = Array.prototype[Symbol.iterator];
Array.prototype[Symbol.iterator] = function* () { yield* [100, 200].values() };
console.log(sum([1, 2]), total([3, 4]));
Array.prototype[Symbol.iterator] = iterator;
const own = [1, 2];
own[Symbol.iterator] = function* () { yield 5; yield 6 };
console.log(sum([1, 2]), total([3, 4]), sum(own));
for (let i = 0; i < 40; i++) Array.prototype[Symbol.iterator] = i % 2 ? iterator : function* () { yield i; yield 1 };
console.log(sum([1, 2]), total([3, 4]));
Array.prototype[Symbol.iterator] = function* () { yield 8; yield 9 };
console.log(sum([1, 2]), total([3, 4]));
Array.prototype[Symbol.iterator] = iterator;
console.log(sum([1, 2]), total([3, 4]));
class Other extends Array {}
Object.defineProperty(Array, Symbol.species, { get() { return Other }, configurable: true });
console.log([1].map((x) => x) instanceof Other);
Object.defineProperty(Array, Symbol.species, { get() { return this }, configurable: true });
console.log([1].map((x) => x) instanceof Other, [1].map((x) => x).length);
Array.prototype.constructor = Other;
console.log([1].map((x) => x) instanceof Other);
Array.prototype.constructor = Array;
console.log([1].map((x) => x) instanceof Other);

// Accessors that are inherited.
class Base { get kind() { return "base" + this.id } set kind(value) { this.id = value } }
class Middle extends Base {}
class Top extends Middle { constructor(id) { super(); this.id = id } }
const things = [new Top(1), new Middle(), new Base()];
const kinds = () => things.map((thing) => thing.kind).join();
for (let i = 0; i < 60; i++) kinds();
console.log(kinds());
Object.defineProperty(Middle.prototype, "kind", { get() { return "middle" }, configurable: true });
console.log(kinds());
delete Middle.prototype.kind;
console.log(kinds());
Object.defineProperty(Base.prototype, "kind", { value: "plain", configurable: true });
console.log(kinds());
Object.defineProperty(Base.prototype, "kind", { set() {}, configurable: true });
console.log(kinds());
Object.setPrototypeOf(Middle.prototype, { get kind() { return "replaced" } });
console.log(kinds());

// Computed names.
const names = ["a", "constructor", "toString", "length", "0", "00", "1e3", "4294967295", "nothing", "b", mark];
const holders = [{ a: 1, "00": 2 }, [4, 5], "string", Object.freeze({ b: 1, "4294967295": 3 }), function f(x) {}, new Uint8Array(2), { get a() { return "asked" }, 0: "zero", [mark]: "m" }, many];
const found = [];
for (let i = 0; i < 4; i++) for (const holder of holders) for (const name of names) {
    const value = holder[name];
    if (i === 3) found.push(typeof value === "function" ? value.name : value);
}
console.log(found.map(String).join(" "));
