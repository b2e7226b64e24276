// Generators: resumed by loops, by calls, by destructuring and by each other; closed, thrown into.
function* count(n) {
  for (let i = 0; i < n; i++) {
    const sent = yield i
    if (sent) console.log('got', sent)
  }
  return 'end'
}
for (const x of count(3)) console.log(x)
const it = count(2)
console.log(it.next(), it.next('hello'), it.next(), it.next())
console.log([...count(3)], Math.max(...count(4), ...[7]))
const [a, , b = 9, ...c] = count(6)
console.log(a, b, c)
function* outer() {
  const r = yield* count(2)
  console.log('r', r)
  try { yield 1 } finally { console.log('finally') }
}
for (const v of outer()) console.log(v)
const stopped = outer()
stopped.next(); stopped.next(); stopped.next()
console.log(stopped.return(42), stopped.next())
const thrown = outer()
console.log(thrown.next())
try { thrown.throw(new Error('into')) } catch (e) { console.log(e.message) }
console.log(thrown.next())
function* catches() { while (true) { try { yield 1 } catch (e) { console.log('inside', e) } } }
const c1 = catches()
c1.next()
console.log(c1.throw('x'), c1.throw('y'))
for (const x of outer()) { if (x === 1) break }
label: for (const x of count(5)) {
  for (const y of count(5)) {
    if (y == 2) continue label
    if (x == 2) break label
    console.log(x, y)
  }
}
function* early() { for (const x of outer()) { if (x === 1) return 'early'; yield x } }
console.log([...early()])
function* self() { yield me.next() }
const me = self()
try { me.next() } catch (e) { console.log(e.constructor.name, e.message) }
const o = { *m(x) { yield this.k + x }, k: 5 }
console.log(o.m(1).next().value, Object.keys(o))
function* parameters(x = 3, ...rest) { yield x; yield rest; yield arguments.length }
console.log([...parameters(undefined, 1, 2)])
class C { *[`g${1}`]() { yield* [1, 2] } static *s() { yield 's' } }
console.log([...new C().g1(), ...C.s()])
let sum = 0
for (let turn = 0; turn < 200; turn++) for (const x of count(10)) sum += x
console.log(sum)
function* fibonacci() { let [x, y] = [0, 1]; while (true) { yield x; [x, y] = [y, x + y] } }
let n = 0
for (const f of fibonacci()) { if (n++ > 70) { console.log(f); break } }
let [p, q] = fibonacci()
console.log(p, q)
