// What each use of a name means, and what the compiler must know of each name.
let before = later, later = 1;
function hoisted(parameter, unused) {
  inner();
  if (parameter) { function inner() { return later + before; } }
  for (let turn = 0; turn < 3; turn++) { keep(() => turn); }
  for (var shared of parameter) keep(() => shared);
  return arguments.length;
}
const value = 2, twice = () => value + this.x;
(a, b = () => a) => { var a; let c = b; return c; };
class Base { #hidden = value; static make() { return new Base(); } get() { return this.#hidden; } }
function dynamic(code, object) { eval(code); with (object) { name = code; } return undeclared; }
var self = function own() { return own; };
switch (value) { case 1: let inside = 1; case 2: inside; }
try { throw 1 } catch (error) { var error = 2; keep(() => error); }
let reassigned = 1; reassigned++; ({ reassigned } = {});
