// Assignments that add properties: what prototypes have to say about it, before and after places in the code have learned.
class Node { constructor(k) { this.kind = k; this.next = null; this.weight = k * 2; } }
class Leaf extends Node { constructor(k) { super(k); this.leaf = true; this.weight = 1; } }
function Old(k) { this.kind = k; this.count = k; }
Old.prototype.count = 7;
Old.prototype.shared = 'shared';
function build(n) {
  let last = null, text = '';
  for (let i = 0; i < n; i++) {
    const made = i % 3 === 0 ? new Node(i) : i % 3 === 1 ? new Leaf(i) : new Old(i);
    made.extra = i;
    if (i >= n - 3) text += JSON.stringify(made) + made.extra + ' ';
    last = made;
  }
  return text;
}
console.log(build(300));
Object.defineProperty(Node.prototype, 'extra', { set(v) { this.seen = v; }, get() { return -1; }, configurable: true });
console.log(build(300));
delete Node.prototype.extra;
console.log(build(300));
Object.defineProperty(Object.prototype, 'extra', { value: 'fixed', writable: false, configurable: true });
console.log(build(30));
(function () { 'use strict'; try { new Old(1).extra = 2; } catch (e) { console.log(e.name); } })();
delete Object.prototype.extra;
console.log(build(30));
const sealed = Object.preventExtensions(new Old(1));
function give(o) { o.late = 1; return o.late; }
for (let i = 0; i < 200; i++) give(new Old(i));
console.log(give(new Old(1)), give(sealed), give(Object.freeze(new Old(2))));
Object.setPrototypeOf(Old.prototype, { set late(v) { this.told = v; } });
console.log(give(new Old(1)), JSON.stringify(new Old(3)), (o => { give(o); return o.told; })(new Old(4)));
const proxied = Object.create(new Proxy({}, { set(t, k, v, r) { Object.defineProperty(r, k, { value: v + 1, configurable: true }); return true; } }));
console.log(give(proxied), give([]), give(() => 1), give(Object.create(null)));
const many = {};
for (let i = 0; i < 300; i++) many['k' + i] = i;
console.log(give(many), Object.keys(many).length);
