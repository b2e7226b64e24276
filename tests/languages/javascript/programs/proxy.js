const p = new Proxy({a:1}, { get(t,k,r){ return k in t ? t[k] : `no ${String(k)}` }, has(t,k){ return k === 'z' || k in t }, ownKeys(){ return ['a','b'] }, getOwnPropertyDescriptor(t,k){ return {value: 5, enumerable: true, configurable: true} } });
console.log(p.a, p.q, 'z' in p, 'y' in p, Object.keys(p), JSON.stringify(p));
const f = new Proxy(function(x){return x+1}, { apply(t,th,args){ return t(...args)*10 }, construct(t,a){ return {made:a} } });
console.log(f(1), new f(3).made, typeof f, Array.isArray(new Proxy([],{})));
const r = Proxy.revocable({}, {}); r.revoke(); try { r.proxy.x } catch (e) { console.log(e.message) }
const w = new Proxy({}, { set(t,k,v){ t[k]=v*2; return true }, deleteProperty(t,k){ console.log('del',k); return delete t[k] } }); w.x = 4; console.log(w.x); delete w.x; console.log(w.x);
class A { constructor(){ return new Proxy(this, {get:(t,k,r)=>Reflect.get(t,k,r) ?? 7}) } m() { return 1 } }
console.log(new A().m(), new A().zz);
