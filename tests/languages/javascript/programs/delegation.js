// yield*: values, results, what is sent in, throw and return, errors, running generators, other iterators, hot.
function* inner(n) { const got = []; try { for (let i = 0; i < n; i++) got.push(yield i); return got.join(); } finally { log.push("closed" + n); } }
function* outer(n) { const result = yield* inner(n); log.push(result); return yield* inner(1); }
const log = [];
const g = outer(3);
console.log(g.next("a"), g.next("b"), g.next("c"), g.next("d"), g.next("e"), g.next("f"), log.join(" "));
console.log([...outer(2)], log.splice(0).length);
const r = outer(5); r.next(); r.next(); console.log(r.return("end"), r.next(), log.splice(0));
const t = outer(5); t.next(); try { t.throw(new Error("in")); } catch (error) { console.log(error.message, t.next(), log.splice(0)); }
function* fails() { yield 1; throw new Error("out"); }
function* catches() { try { yield* fails(); } catch (error) { yield error.message; } yield* "ab"; yield* [1, 2]; return yield* { [Symbol.iterator]() { let k = 0; return { next: (v) => ({ done: k === 2, value: k++ }) }; } }; }
console.log([...catches()]);
function* self() { yield* me; } let me = self(); try { me.next(); } catch (error) { console.log(error.name); }
function* finished() {} const over = finished(); over.next(); function* of(x) { return [yield* x]; } console.log(of(over).next(), of(inner(0)).next());
function* tree(depth) { if (depth === 0) { yield 1; return 1; } const left = yield* tree(depth - 1); yield depth; return left + (yield* tree(depth - 1)); }
let total = 0; for (let round = 0; round < 30; round++) for (const value of tree(5)) total += value;
const it = tree(6); let step; while (!(step = it.next()).done) total += step.value; console.log(total, step.value);
async function* later() { yield* inner(2); yield* (async function* () { yield "x"; return "y"; })(); return 5; }
(async () => { const seen = []; for await (const value of later()) seen.push(value); console.log(seen, log.splice(0)); })();
const own = inner(3); own.next = undefined; try { [...of(own)]; } catch (error) { console.log(error.name); }
const patched = Object.getPrototypeOf(inner.prototype), next = patched.next; patched.next = function (v) { log.push("patched"); return next.call(this, v); };
console.log([...of(inner(2))], log.splice(0)); patched.next = next;
