console.log([1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27]);
console.log(Array.from({length: 120}, (_, i) => i * i));
console.log(["apple","banana","cherry","dragonfruit","elderberry","fig","grape","honeydew"]);
console.log({a:{b:{c:{d:1}}}}, {x:[1,[2,[3,[4]]]]});
console.log(new Map([["k",{a:1}],[{z:1},[1,2]]]), new Set([1,"two",[3]]), new Map(), new Set());
const o = {name:"self"}; o.me = o; o.list = [o, {o}]; console.log(o);
class Foo { constructor(){ this.x = 1 } } class Bar extends Foo { get y(){ return 1 } } console.log(new Foo(), new Bar(), Foo, Bar, class {});
console.log({ f(){}, g: () => 1, h: function(){}, async i(){}, *j(){}, get k(){return 1}, set k(v){}, set l(v){}, [Symbol("s")]: 1, "a-b": 2, 3: 4 });
console.log([undefined, null, , 3], [,,1], Object.create(null), Object.assign(Object.create(null), {a:1}), [[]], [{}], {});
console.log("%s is %d years and %i, %f, %j %o %O %%", "Bob", 42.5, 42.9, "3.5", {a:1}, 1, {b:2}, "extra", 7);
console.log(-0, [-0], "str", ["it's", 'say "hi"', "new\nline"], Symbol("q"), [Symbol.iterator], new Date(0), [new Date(NaN)], /re/g, [/x/]);
console.log({ aaaaaaaaaaaaaaaaaaaa: 1, bbbbbbbbbbbbbbbbbbbbbbbb: 2, cccccccccccccccccccccc: 3, ddddddddddd: 4 });
console.log({ aaaaaaaaaaaaaaaaaaaa: "xxxxxxxxxxxxxxxxxxxx", bbbbbbbbbbbbbbbbbbbbbbbb: [1,2,3], c: { dddddddddddddddddd: "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy" } });
console.log(new Number(3), new String("abc"), new Boolean(false), Object(Symbol("b")), new Proxy({a:1}, {}), [function foo(){}], Object.assign(function bar(){}, {p:1}));
console.log(Promise.resolve(5), new WeakMap(), [1.5, 22.25, 3], ["a"].concat(Array(3)), Array(5), Object.assign([1,2], {k:1}), new (class extends Array {})(3));
console.log([["a",1],["b",2]], [{a:1,b:2},{a:3,b:4}], [[1,2,[3,4,[5,[6]]]], {a:{b:{c:{}}}}]);
console.log(Object.create({constructor: Foo}), Math, JSON);
console.group("G"); console.log("in\nside"); console.group(); console.log({a:1}); console.groupEnd(); console.groupEnd(); console.log("out"); console.count(); console.count("x"); console.count();

// Halves of surrogate pairs are shown as escapes, whole pairs as they are.
console.log(['\ude42!', '\ud83da', '\ud83d\ude42', 'a\ud83d\n'], { '\ude42': 1 });
