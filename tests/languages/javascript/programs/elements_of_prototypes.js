// Elements that prototypes of arrays get and lose: what is behind an array's end, and in its holes, is theirs.
let out = "";
const note = (...values) => {
    for (const value of values) out += String(value) + " ";
};
function fill(array, n) {
    for (let i = 0; i < n; i++) array.push(i);
    return array.length;
}
fill([], 3000);

Object.defineProperty(Object.prototype, "3", { set(value) { note("set", value); }, get: () => "got", configurable: true });
const assigned = [];
assigned[0] = 1;
assigned[3] = 5;
note(assigned.length, assigned[3], assigned[9]);
const pushed = [1, 2, 3];
pushed.push(7);
note(pushed.length, pushed[3]);
const holes = [, , , , 1];
note(holes[3], holes[2]);
delete Object.prototype[3];
const after = [1, 2, 3];
after.push(8);
note(after.length, after[3], after[4]);

Array.prototype[5] = "proto";
note([1][5], [1, 2, 3, 4, 5].length);
const five = [1, 2, 3, 4, 5];
five.push(6);
note(five[5], five.length);
delete Array.prototype[5];
Array.prototype.length = 0;
const long = [];
fill(long, 10);
note(long[5], long.length);

Object.setPrototypeOf(Array.prototype, { 7: "other", __proto__: Object.prototype });
note([][7], [1][7]);
const nine = [];
fill(nine, 9);
note(nine[7]);
const late = { __proto__: null };
Object.setPrototypeOf(Array.prototype, late);
fill([], 3000);
late[2] = "late";
note([][2]);
Object.setPrototypeOf(Array.prototype, Object.prototype);
note([][2], [][7]);
fill([], 3000);
Object.prototype[1] = "root";
note([][1], [0].concat([,,])[1]);
delete Object.prototype[1];
note([][1]);
console.log(out);
