// Accessors, computed keys, spread, prototypes in literals, holes, names of functions.
class A {
  get x() { return this.v * 2 }
  set x(v) { this.v = v }
  static s() { return 's' }
  m() { return 1 }
  static get t() { return this.name + '!' }
}
class B extends A {
  get x() { return super.x + 1 }
  m() { return super.m() + 1 }
  ['c' + 1]() { return super['m']() }
  5() { return 'five' }
}
let b = new B
b.v = 4
console.log(b.x, b.m(), b.c1(), B.s(), B.t, B.name, b.m.name, b.c1.name, b[5](), b[5].name)
let a = new A
a.x = 7
console.log(a.v, a.x, Object.keys(a))

let o = { a: 1, get b() { return this.a + 1 }, ['c']: 3, 5: 1, 2: 2, ...[7, 8], __proto__: { z: 9 }, set d(v) { this.a = v } }
console.log(o.z, o[5], Object.keys(o) + '', o.b)
console.log({ get a() { return 1 }, set b(v) {}, get c() { return 1 }, set c(v) {} })
o.d = 10
console.log(o.b, 'z' in o, 'q' in o, delete o.b, o.b)
globalThis.g = 5
console.log(g, typeof globalThis.Math, delete globalThis.g, typeof g)
let q = [1, 2]
q[4] = 1
console.log(q, q.length, q[3], 3 in q, 4 in q)
q.length = 1
console.log(q, delete q[0], q, q.length)
let far = []
far[1000000000] = 'x'
console.log(far.length, Object.keys(far), far[1000000000], far[5])
far.push('y')
console.log(far.length)

function strict(f) {
  'use strict'
  try { f() } catch (e) { console.log(String(e)) }
}
strict(function () { 'use strict'; undefinedVariable = 1 })
strict(function () { 'use strict'; undefined = 1 })
strict(function () { 'use strict'; o.b = 2; ({ get only() { return 1 } }).only = 2 })
strict(function () { 'use strict'; delete [].length })
undefined = 1
console.log(undefined)

for (var k in b) console.log(k)
console.log([1] + '', ({}) + '', (function f(a) {}) + '', String(new TypeError('x')), 'abc'[1], 'abc'.length)
console.log((function () {}).name, (() => 1).length, ({ f() {} }).f.name, ({ ['x' + 1]: () => 1 }).x1.name)
console.log(strict.length, strict.prototype.constructor === strict)

// Objects with very many names, and reads that find them through the prototype.
let many = {}
for (let i = 0; i < 300; i++) many['p' + i] = i
let child = { __proto__: many }
console.log(child.p7, many.p299, 'p150' in child)
many.p7 = 'changed'
console.log(child.p7)

// A getter, and a property that becomes one, in a loop.
let sum = 0
let point = { x: 1, y: 2, get z() { return this.x + this.y } }
for (let i = 0; i < 100; i++) {
  sum += point.z + a.x
  point.x = i
  a.x = i
}
console.log(sum)
