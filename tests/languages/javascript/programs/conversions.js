const o = { toString() { return 'str' }, valueOf() { return 42 } };
console.log(`${o}`, o + 1, o * 2, '' + o, String(o), [o, o] + '', o == 42, o < 43, +o);
console.log({ toString: () => 'only' } + '!', { valueOf: () => 7 } + 1);
try { ({ toString: () => ({}), valueOf: () => ({}) }) + 1 } catch (e) { console.log(e.message) }
try { ({ toString() { throw new Error('inside') } }) + '' } catch (e) { console.log(e.message) }
class Money { constructor(c) { this.c = c } valueOf() { return this.c } toString() { return '$' + this.c } }
function total() { let s = 0; for (let i = 0; i < 2000; i++) { s = s + new Money(i); if (new Money(i) > 1990) s -= 1 } return s } console.log(total(), `${new Money(3)}`);
function deep(n) { return { valueOf: () => n ? deep(n - 1) + 1 : 0 } } console.log(deep(50) + 0);
const keyed = {}; keyed[o] = 1; console.log(keyed, keyed[o], keyed.str);
let calls = 0; const counted = { valueOf() { return ++calls } }; function many() { let t = 0; for (let i = 0; i < 500; i++) { t += counted; try { t += i % 3 ? counted : { valueOf() { throw 1 } } } catch (e) { t -= e } } return t } console.log(many(), calls);
