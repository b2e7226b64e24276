// Optional calls of members in parentheses, spread in calls, the texts of functions.
const holder = { k: 7, m() { return this && this.k } }
console.log((holder?.m)(), holder.nothing?.(), (holder?.m)?.(), (0, holder?.m)())
console.log(eval(...['1 + 1', 2]), Math.max(...[1, 5], ...new Set([3])), [].concat(...[[1], [2, 3]]))
console.log(({ foo(a) {} }).foo.toString(), (class A { static async *m() {} }).m.toString(), (async x => x).toString())
console.log(Object.getOwnPropertyDescriptor({ get y() { return 1 } }, 'y').get.toString(), (class { [1 + 2](a) { } }).prototype[3].toString())
const pair = (a, b) => a + b
let sum = 0
for (let i = 0; i < 300; i++) sum += pair(...[i, 1]) + Math.min(...[i, 100])
console.log(sum)
console.log([{ valueOf() { sum = 'left'; return 1 } } > { valueOf() { sum += ' right'; return 0 } }, sum])
