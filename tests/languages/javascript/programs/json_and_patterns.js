console.log(JSON.stringify({a:[1,2,{b:null}],c:"x\n\u2028\ud800",d:undefined,e:()=>1,f:NaN,g:true}), JSON.stringify([1,[2]],null,2), JSON.stringify({a:1,b:2},["b"]), JSON.stringify({toJSON(){return 5}}));
console.log(JSON.stringify(JSON.parse('{"x":[1,2.5e3,-0,{"y":"\\u0041\\n"}],"__proto__":1,"1":2}')), JSON.parse('[1,2]', (k,v)=>typeof v==='number'?v+1:v));
try { JSON.parse('{"a":}') } catch (e) { console.log(e.name, e.message) }
try { JSON.parse('[1,') } catch (e) { console.log(e.name, e.message) }
let deep = '['.repeat(100000) + ']'.repeat(100000); console.log(JSON.parse(deep).length);
console.log(/(\d+)-(?<w>\w+)/g.exec("ab 12-cd").groups.w, "a1b2".replace(/\d/g, d => d*2), "x,y;z".split(/[,;]/), /a/y.test("ba"), "aBc".match(/b/i).index);
for (let i = 0; i < 2; i++) { const r = /x/g; console.log(r.lastIndex, r.test("x"), r.lastIndex); }
console.log("John Smith".replace(/(\w+)\s(\w+)/, "$2, $1"), "aaa".replaceAll("a", "b"), Array.from("a1b22".matchAll(/\d+/g)).map(m => m[0] + m.index), /[/]\//.source, String(/a/gi), "abc".search(/c/));
console.log("test".split(""), "abc".split(/(b)/), "".split(/x/), "a,b,c".split(",", 2));
