// JSON of objects that change while they are written, of names and texts that need escapes.
const o = { a: 1, b: [1, 2, { c: "x\ny\"\\\ud800z\u{1F600}" }], 3: "idx", get g() { return 5; }, [Symbol("s")]: 1, u: undefined, f() {}, n: null, d: -0, nan: NaN };
console.log(JSON.stringify(o), JSON.stringify(o, null, 2), JSON.stringify(o, ["a", "3", "g"]));
Object.defineProperty(o, "hidden", { value: 1 }); console.log(JSON.stringify(o));
const w = { x: 1, y: { toJSON() { delete w.z; w.q = 9; return "y"; } }, z: 3, k: 4 }; console.log(JSON.stringify(w), JSON.stringify(w));
const acc = { x: { toJSON(key) { Object.defineProperty(acc, "y", { get: () => "got", enumerable: true }); return key; } }, y: 2 }; console.log(JSON.stringify(acc));
(function () { console.log(JSON.stringify(arguments), Object.keys(arguments)); })(1, 2);
class P { #p = 1; pub = 2; } console.log(JSON.stringify(new P()), JSON.stringify(Object.create({ inh: 1 })), JSON.stringify(new Error("e")), JSON.stringify([,1]), JSON.stringify({ toJSON: 5, a: 1 }));
const big = {}; for (let i = 0; i < 200; i++) big["k" + i] = i; delete big.k5; console.log(JSON.stringify(big).length, JSON.stringify(new Map([[1, 2]])), JSON.stringify("\u2028\u007f"), JSON.stringify({ "a\nb": 1 }));
console.log(JSON.stringify({ a: [1, "b", true] }, (k, v) => typeof v === "number" ? v + 1 : v), JSON.stringify(JSON.parse('{"a":1,"b":{"c":[1,2]}}', function (k, v) { return k === "c" ? undefined : v; })));
const cyc = { a: {} }; cyc.a.b = cyc; try { JSON.stringify(cyc) } catch (e) { console.log(e.name) }
