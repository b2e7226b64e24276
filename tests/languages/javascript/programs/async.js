// Promises, async functions, async generators: what they print, and in which order.
async function slow(x) {
  console.log('start', x)
  const y = await x
  console.log('after', y)
  try { await Promise.reject(3) } catch (e) { console.log('caught', e) }
  return y + 1
}
slow(1).then(v => console.log('then', v))
console.log('sync')
Promise.all([1, Promise.resolve(2), slow(5)]).then(v => console.log('all', v)).finally(() => console.log('finally'))
Promise.race([new Promise(() => {}), Promise.resolve('fast')]).then(v => console.log('race', v))
Promise.allSettled([1, Promise.reject(2)]).then(v => console.log(v[1].reason))
Promise.any([Promise.reject(1), Promise.resolve(2)]).then(v => console.log('any', v))
async function* numbers() {
  yield 1
  yield Promise.resolve(2)
  const r = yield* [3, 4]
  try { yield 5 } finally { console.log('closed') }
}
(async () => {
  for await (const v of numbers()) { console.log('number', v); if (v == 5) break }
  for await (const v of [Promise.resolve('p'), 'q']) console.log(v)
  const g = numbers()
  const all = [g.next(), g.next(), g.return('r'), g.next()]
  for (const each of all) { const { value, done } = await each; console.log(value, done) }
  try { await (async () => { throw new TypeError('thrown') })() } catch (e) { console.log(e.name, e.message) }
})()
new Promise((resolve, reject) => reject(new Error('x'))).catch(e => console.log(String(e)))
const thenable = { then(f) { console.log('then called'); f('thenable') } };
(async () => console.log(await thenable))()
async function order(name) { for (let i = 0; i < 3; i++) { await null; console.log(name, i) } }
order('a'); order('b')
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3))
class Async { async m() { return this.v } v = 7; static async s(...x) { return x.length } }
new Async().m().then(console.log)
Async.s(1, 2, 3).then(console.log)
;(async function () { let s = 0; for (let i = 0; i < 300; i++) s += await i; console.log('sum', s) })()
async function recursive(n) { return n == 0 ? 0 : 1 + await recursive(n - 1) }
recursive(50).then(v => console.log('depth', v))
const failing = async (x = (() => { throw 'in parameters' })()) => 1
failing().catch(e => console.log(e))
