// Direct and indirect eval, with, names that are found when the program runs.
var g1 = 'global'
function f(a) { let b = 2; const c = 3; eval('var added = a + b; b = 10; function fn() { return added + c }'); return [added, b, typeof fn, fn()] }
console.log(f(1))
function strictly() { 'use strict'; eval('var hidden = 1'); return typeof hidden }
console.log(strictly(), eval('1; if (false) { 2 }'), eval('3; var x = 4'), eval('({a: 1})').a, (0, eval)('g1'), typeof x)
class A { #p = 5; m() { return eval('this.#p + super.toString().length') } constructor() { this.t = eval('new.target.name') } }
console.log(new A().m(), new A().t)
try { (function () { let q; eval('var q') })() } catch (e) { console.log(e.name) }
const o = { a: 1, f() { return this === o } }
with (o) { console.log(a, f()); a = 7; var late = 5; g1 = 'changed' }
console.log(o.a, g1, late, 'late' in o)
function inner() { var v = 1; with ({ v: 2, [Symbol_unscopables]: 0 }) { return (() => v)() } }
var Symbol_unscopables = 'zz'
console.log(inner())
function del() { eval('var z = 1'); return [delete z, typeof z] }
console.log(del(), delete g1)
console.log(eval('let k = 5; for (let i = 0; i < 3; i++) k += i; k'), eval(''), eval(5))
function nested() { var r = []; eval('var n1 = 1; eval("var n2 = n1 + 1"); r.push(n1, n2)'); return r.concat ? [...r, n1, n2] : [...r, n1, n2] }
console.log(nested())
const closure = (function () { let c = 0; return eval('() => ++c') })()
console.log(closure(), closure())
try { eval('foo bar') } catch (e) { console.log(e.name, e instanceof SyntaxError) }
function args() { return eval('arguments.length') }
console.log(args(1, 2, 3), (() => eval('1 + 1'))())
label: { eval('1'); break label }
function param(x = eval('var y = 1; y + 1'), z = x) { return [x, z] }
console.log(param())
console.log(delete o?.a, o.a, delete o.b?.c, void eval('delete o.a'))
var myObj = { p1: 1, del: false }
eval('with (myObj) { del = delete p1 }')
console.log(myObj)
class S { m() { return 5 } }
class T extends S { async n(x = super.m()) { return x } o(x = this.k, y = super.m()) { return [x, y] } k = 3 }
console.log(new T().o())
new T().n().then(console.log)
