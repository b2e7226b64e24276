// Private names, computed fields, static blocks, arguments objects, tagged templates, spread in calls.
class P {
  #x = 1
  static #count = 0
  #m() { return this.#x }
  get #y() { return this.#x * 2 }
  set #y(v) { this.#x = v }
  static inc() { return ++P.#count }
  static #hidden() { return 'hidden' }
  static show() { return P.#hidden() }
  has(o) { return #x in o }
  t() { this.#y = 5; return [this.#m(), this.#y, this.#x++, this.#x] }
  [`k${1}`] = 3;
  7 = 8
  static s = P.inc()
  static { this.block = P.#count }
  write() { this.#m = 1 }
  read(o) { return o.#x }
}
console.log(new P().t(), P.inc(), new P().has({}), new P().has(new P), new P, P.s, P.block, P.show())
try { new P().write() } catch (e) { console.log(e.message) }
try { new P().read({}) } catch (e) { console.log(e.message) }
class Q extends P { #x = 'own'; mine() { return this.#x + this.t() } }
console.log(new Q().mine())
const make = () => class { #v = 1; static test(o) { return #v in o } }
const A = make(), B = make()
console.log(A.test(new A), A.test(new B))
function tag(s, ...v) { return s.raw.join('|') + v.join(',') + Object.keys(s) }
console.log(tag`a${1}b\n${2}c`)
const same = () => (s => s)`x`
console.log(same() === same())
function mapped(a, b) { arguments[0] = 5; b = 7; return [a, arguments[1], arguments.length, arguments[2]] }
console.log(mapped(1, 2, 3), mapped(1))
function unmapped(a) { 'use strict'; arguments[0] = 5; a = 6; return [a, arguments[0]] }
console.log(unmapped(1))
function many() { let s = 0; for (let i = 0; i < arguments.length; i++) s += arguments[i]; return s }
let total = 0
for (let i = 0; i < 300; i++) total += many(1, 2, i) + many(...[i, 1], 2)
console.log(total)
console.log((function () { return this + '' }).call(5), Math.max.apply(null, [1, 2]), (function (a, b) { return a + b }).bind(null, 1)(2))
console.log([1, , 3], [, ,].length, new Date0(...[1, 2]).sum)
function Date0(a, b) { this.sum = a + b }
var { x, ...rest } = { x: 1, y: 2, z: 3 }
console.log(x, rest)
class Base { constructor(...all) { this.all = all } }
class Derived extends Base { constructor() { super(...arguments, 'more') } }
console.log(new Derived(1, 2).all)
let sum = 0
class Counter { #n = 0; add(k) { this.#n += k; return this.#n } get n() { return this.#n } }
const counter = new Counter()
for (let i = 0; i < 300; i++) sum += counter.add(i) - counter.n
console.log(sum, counter.n)
for (const k in { b: 1, a: 2, 1: 3 }) console.log(k)
const walked = { a: 1, b: 2, c: 3 }
for (const k in walked) { console.log(k); delete walked.b }
