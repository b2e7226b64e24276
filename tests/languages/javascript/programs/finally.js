function f(n) { try { if (n == 1) return 'r'; if (n == 2) throw 'x'; return 'n' } catch (e) { return 'c' + e } finally { console.log('fin', n) } }
console.log(f(1), f(2), f(3));
function g() { for (let i = 0; i < 5; i++) { try { if (i == 1) continue; if (i == 3) break; console.log('body', i) } finally { console.log('f', i) } } return 'end' }
console.log(g());
function h() { try { try { return 1 } finally { console.log('a') } } finally { console.log('b'); } } console.log(h());
function k() { try { throw 1 } finally { return 2 } } console.log(k());
try { try { throw new Error('deep') } finally { console.log('cleanup') } } catch ({ message }) { console.log(message) }
function nested() { outer: for (const i of [1, 2, 3]) { try { for (const j of [1, 2]) { try { if (j == 2) continue outer; if (i == 3) break outer; console.log(i, j) } finally { console.log('inner', i, j) } } } finally { console.log('outer', i) } } } nested();
