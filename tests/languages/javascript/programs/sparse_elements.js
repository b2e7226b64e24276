// Elements of objects and arrays that have gaps: rows, tables, and the ways from one to the other.
const o={}; o[5]=1; o[3]=2; o[1000000000]=3; o.x=4; o[0]=9
console.log(o, Object.keys(o), o[4], o[5]);
for(let i=0;i<3000;i++) o[i]=i
console.log(Object.keys(o).length,o[2999],o[3000],o[1000000000])
delete o[1000000000]
delete o[7]
console.log(7 in o, o[7], Object.keys(o).length);
const d={}
for (let i=5000;i>=0;i--) d[i]=i
console.log(Object.keys(d).length, d[0], d[4999]); Object.freeze(d); d[3]=8; d[9999]=1
console.log(d[3],d[9999]);
const a=[]; a[5000]=1
for (let i=0;i<5000;i+=7) a[i]=i
console.log(a.length, a[7], a[8], a[4998]); a.length=100
console.log(a.length,a[98],a[700]); a.push(4)
console.log(a.length,a[100]);
Object.prototype[77]='proto'; const e={}; e[1]=1
console.log(e[77], e[76]); e[77]=5
console.log(e[77])
delete Object.prototype[77]
console.log({}[77]);
const s={}; Object.defineProperty(s,3,{get(){return 'g'},set(v){console.log('set',v)},configurable:true}); s[3]=1
console.log(s[3]); const t=Object.create(s); t[3]=4
console.log(t[3]); t[2]=1; t[3]=5
console.log(Object.keys(t));
const z=Object.seal({1:1,2:2}); z[1]=5; z[3]=1
delete z[2]
console.log(z);
function f(p,q){ arguments[0]=9; arguments[5]=3; return [p,arguments[5],arguments.length]; } console.log(f(1,2));
const ne=Object.preventExtensions({4:1}); ne[4]=2; ne[5]=1
console.log(ne);
let memo={}; function fib(n){ if(n<2) return n; if(memo[n]) return memo[n]; return memo[n]=fib(n-1)+fib(n-2) } console.log(fib(80)); const w=[]
for (let k=0;k<31;k++) w[1<<k]=k
console.log(w.length, Object.keys(w).length);
