let fs = [];
for (let i = 0; i < 3; i++) fs.push(() => i * 10);
console.log(fs[0](), fs[1](), fs[2]());
function counter() { let n = 0; return { up() { return ++n }, get: () => n } }
let c = counter(); c.up(); c.up(); console.log(c.get());
