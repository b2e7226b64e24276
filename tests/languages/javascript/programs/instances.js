// instanceof, and reads of what is inherited where many kinds of objects come by.
class A{m(){return 1}} class B extends A{} class C extends B{}
const c=new C();
console.log(c instanceof A,c instanceof B,new A() instanceof C,1 instanceof A,Object.create(null) instanceof A);
class E{static [Symbol.hasInstance](x){return x===5}} class F extends E{}
console.log(5 instanceof E,5 instanceof F,new F() instanceof F);
function G(){} console.log(new G() instanceof G, G instanceof Function, G instanceof Object, [] instanceof Array);
const b=G.bind(null); console.log(new G() instanceof b);
const p=new Proxy(new C(),{getPrototypeOf(){return G.prototype}}); console.log(p instanceof G,p instanceof A);
G.prototype=A.prototype; console.log(c instanceof G, new G() instanceof A);
try{c instanceof (()=>1)}catch(e){console.log(e.message)}
try{c instanceof {}}catch(e){console.log(e.message)}
try{c instanceof 4}catch(e){console.log(e.message)}
console.log(5 instanceof (()=>1));
// megamorphic inherited reads
const ks=[];for(let i=0;i<40;i++){const K=class extends (i%2?B:C){};if(i%5==0)K.prototype.tag='t'+i;ks.push(K)}
const os=[];for(let i=0;i<400;i++){const o=new ks[i%40]();if(i%3)o['f'+i%7]=i;os.push(o)}
function get(o){return o.tag} function call(o){return o.m()} function none(o){return o.nothing}
function go(){let s='',n=0,u=0;for(const o of os){s+=get(o)||'-';n+=call(o);if(none(o)===undefined)u++}return [s.length,n,u].join()}
for(let i=0;i<60;i++)go();
console.log(go());
A.prototype.nothing=1;console.log(go());delete A.prototype.nothing;console.log(go());
B.prototype.m=function(){return 2};console.log(go());
Object.setPrototypeOf(B.prototype,{m(){return 7},nothing:3});delete B.prototype.m;console.log(go());
Object.defineProperty(C.prototype,'tag',{get(){return 'zz'},configurable:true});console.log(go());
