console.log([1,2,3].map(x => x*2), [3,1,2].sort(), [1,[2,[3]]].flat(Infinity));
console.log(Object.entries({a:1,b:2}), Object.fromEntries([['x',1]]), "a-b-c".split("-"), "abc".replace("b", "[$&]"));
console.log((1.005).toFixed(2), (255).toString(16), (0.1).toString(2), (1e21).toLocaleString(), (123.456).toPrecision(4), (0.00001).toExponential(2));
const m = new Map([[1,'a'],['k',2]]); m.delete(1); m.set(NaN, 3); console.log(Array.from(m.keys()));
console.log(new RegExp("(\\d+)-(?<w>\\w+)", "g").exec("ab 12-cd").groups.w, "a1b2".replace(new RegExp("\\d","g"), d => d*2), "x,y;z".split(new RegExp("[,;]")));
console.log(parseInt("0x1f"), parseFloat("3.14abc"), encodeURIComponent("ä b&"), Math.hypot(3,4), Math.fround(5.5), Math.clz32(1));
console.log(Array.from("héllo").reverse().join(""), "straße".toUpperCase(), "e\u0301".normalize("NFC").length);
try { null.x } catch (e) { console.log(e instanceof TypeError, e.message, Object.prototype.toString.call(e)) }
console.log(Reflect.ownKeys({b:1,a:2,1:0}), Symbol.for("x") === Symbol.for("x"), Number("0b101"), [1,2,3].includes(2), Array.from({length:3}, (_, i) => i*i));
function f(a,b){return this.k+a+b}; console.log(f.bind({k:1},2)(3), f.call({k:10},1,2), f.apply({k:5},[1,1]));
console.log(new Set([1,2,2,3]).size, [1,2,3,4].findLast(x=>x%2), Array.of(7,8), [5,1,4].toSorted((a,b)=>a-b), "abc".at(-1), "ab".padStart(5,"xy"));
