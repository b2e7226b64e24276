// Compiles a text to three targets, and checks its types.
const ts = require('typescript');
const src = `interface A{ x:number; y?:string }
enum Color { Red, Green = 5, Blue }
class P<T extends A> implements A { constructor(public x:number, private z: T){} get v():number{return this.x} static #q=1; async *gen(){ yield* [1,2]; await null; } }
const f = <T,>(a:T, ...r:number[]):T|undefined => { let s:string = 5; return r.length>2 ? a : undefined };
namespace N { export const k = 1; export function g(){ return k } }
type M = { [K in keyof A]: A[K] };
let p = new P(1,{x:2}); p.nope; export default p; f(1,"a");
let o = {...p, a:[1,...[2]]}; for (const q of [1,2]) console.log(q ?? 1, o?.a?.[0]);
`;
for (const target of ['ES5', 'ES2015', 'ES2022']) {
  const r = ts.transpileModule(src, {
    compilerOptions: { target: ts.ScriptTarget[target], module: ts.ModuleKind.CommonJS },
    reportDiagnostics: true,
  });
  console.log(
    r.outputText,
    r.diagnostics.map((d) => d.messageText),
  );
}
const path = require('path');
const lib = path.dirname(require.resolve('typescript'));
const host = ts.createCompilerHost({});
const orig = host.getSourceFile;
host.getSourceFile = (n, l) => (n === 't.ts' ? ts.createSourceFile(n, src, l, true) : orig.call(host, n, l));
host.writeFile = (n, t) => console.log('WRITE', n, t.length);
const prog = ts.createProgram(['t.ts'], { target: ts.ScriptTarget.ES2020, strict: true, types: [] }, host);
const e = prog.emit();
for (const d of ts.getPreEmitDiagnostics(prog))
  console.log(d.code, ts.flattenDiagnosticMessageText(d.messageText, '\n'), d.start);
