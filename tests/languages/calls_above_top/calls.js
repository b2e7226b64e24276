function* numbers() { try { yield 1; yield 2; } finally { console.log("closed"); } }
console.log([3, 1, 2].sort((a, b) => b - a).join(), [...numbers()].map(x => x * 2), String({ toString() { return "text"; } }));
console.log(new Proxy({}, { get(target, name) { return name + "!"; } }).some, JSON.stringify({ a: { toJSON() { return [1]; } } }));
try { [1].forEach(x => { throw new Error("thrown " + x); }); } catch (error) { console.log(error.message); }
console.log(eval("1 + numbers().next().value"), Reflect.construct(class { constructor(a) { this.a = a; } }, [5]).a);
console.log($262.evalScript("1 + 2"));
