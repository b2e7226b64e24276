// Rare ends of the language that test262 found wrong once.
const attempt = (f) => { try { return f(); } catch (e) { return `${e}`; } };
var setHeritage;
var cls = class C extends (setHeritage = function () { C = null; }, Object) { m() { C = 1 } };
console.log(attempt(setHeritage), attempt(() => new cls().m()));
class B extends class {} { constructor() { var f = () => super(); try { return 0; } catch (e) { f(); console.log('no') } } }
console.log(attempt(() => new B()));
class E extends class {} { constructor(x) { super(); try { if (x) return { y: 1 }; } finally { this.z = 2 } this.w = 3 } }
console.log(new E(true), new E(false));
console.log(attempt(() => eval("new B().#x")));
console.log(attempt(function () { 'use strict'; return (function f() { eval('f = 1'); return typeof f })() }));
console.log((function f() { eval('f = 1'); return typeof f })(), attempt(function () { 'use strict'; return (function f() { f = 1; return typeof f })() }));
(function (a) { Object.defineProperty(arguments, '0', { configurable: false }); a = 2; console.log(arguments[0], delete arguments[0]);  arguments[0] = 5; console.log(a);
 })(1);
console.log(attempt((a = eval('var a = 42')) => a), attempt((a = eval('var b = 42'), c = b) => c), attempt((a = eval('1')) => { eval('var a = 2'); return a }));
console.log(attempt((x) => attempt((y = eval('x'), z = () => eval('y')) => [y, z()])), ((p, q = () => eval('p')) => { var p = 3; return [p, q()] })(1));
console.log((eval('5'), 6), (() => { (eval('var inner = 7')); return inner })(), attempt((arguments = eval('var arguments = 1')) => arguments));
for (const n of [1e-21, 1e21, 1e22, 1e23, 1, 10, 0.1, 1e-7, 1000, 9.5, 99.5, 1e-5, 123456, 0.000999]) console.log([1,2,3,5,15,16,17,18,21].map(p => n.toPrecision(p) + ' ' + n.toExponential(p)).join(' | '));
console.log(new Set([-0, -0]).size, new Set([2**53-1,2**53-1]).size, new Set([100000000000000000000000000000000000000000000001n, BigInt('100000000000000000000000000000000000000000000001')]).size, new Set([9007199254740991n, BigInt('9007199254740991')]).size, new Set([Symbol(''),1]).size, new Set(['','']).size, new Set([true,true]).size);
{ const s = new Set([2**53-1, 2**53-1]); s.delete(2**53-1); console.log(s.size); s.add(2**53-1); console.log(s.size, s.has(2**53-1)); }
console.log(Date.parse('-271821-04-20T00:00:00.000Z'), Date.parse('-271821-04-19T23:59:59.999Z'), Date.parse('+275760-09-13T00:00:00.001Z'), Date.parse('+275760-09-13'), Date.parse('+999999-01-01'));
console.log(class A { constructor(a) { this.a = a } m() {} } + '', `${class { static x = 1 }}`);
delete Object.prototype.toString;
console.log(Array.prototype.toString.call({}), Array.prototype.toString.call({ join: 1 }));
const fun = function(){};
Object.seal(fun);
console.log(Object.isSealed(fun), Object.isExtensible(fun));
const f2 = function(){}; Object.freeze(f2); console.log(Object.isFrozen(f2)); const f3 = () => 1; Object.seal(f3); console.log(Object.isSealed(f3)); class K {}; Object.freeze(K); console.log(Object.isFrozen(K)); const pe = function(){}; Object.preventExtensions(pe); console.log(Object.isExtensible(pe), pe.name, pe.prototype);
console.log(((a = eval('42')) => a)());
