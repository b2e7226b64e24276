// Cyclic imports, live bindings, namespaces, import(), top-level await; super in an arrow, parameters that see each other.
import def, { x, inc, default as d2 } from './modules/b.mjs'
import * as ns from './modules/b.mjs'
export { y } from './modules/b.mjs'
console.log(x, def(), d2 === def, ns.x, Object.keys(ns) + '')
inc(); console.log(x, ns.x)
try { ns.x = 1 } catch (e) { console.log(e.name) }
const later = await import('./modules/c.mjs'); console.log(later.z, later.default.name)
console.log(typeof import.meta.url, this)
try { await import('./modules/nope.mjs') } catch (e) { console.log('failed') }
class D { constructor() { this.k = 1 } } class E extends D { constructor() { const f = () => super(); f(); console.log(this.k, new.target.name) } }
new E()
function p(a = b, b) { return a } try { p() } catch (e) { console.log(e.message) } console.log(p(1), (function (a, g = () => a + c, c = 2) { return g() })(1))
