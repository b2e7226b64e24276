function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
console.log(fib(20));
function args() { return arguments.length + arguments[0] } console.log(args(5, 6, 7));
function rest(a, ...b) { return b } console.log(rest(1, 2, 3), rest());
console.log((function () { return this === globalThis })(), (function () { 'use strict'; return this })());
{ function inner() { return 'in' } } console.log(inner());
console.log(fib.name, fib.length, (() => 1).name, (a => a).length);
