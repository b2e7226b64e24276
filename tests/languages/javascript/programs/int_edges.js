// Ints are held up to 51 bits, and are doubles beyond: loops that cross that edge, both ways, in counters, sums, products and what stays the same in each turn.
const EDGE = 2 ** 50;

function counted(from, by, turns) {
  let x = from;
  for (let i = 0; i < turns; i++) x += by;
  return x;
}
console.log(counted(EDGE - 1500, 1, 3000), counted(-EDGE + 1500, -1, 3000), counted(EDGE + 1500, -1, 3000), counted(-EDGE - 1500, 1, 3000));

function upTo(limit, from) {
  let turns = 0;
  for (let i = from; i < limit; i++) turns++;
  return turns;
}
console.log(upTo(EDGE + 10, EDGE - 2000), upTo(EDGE - 1, EDGE - 2000), upTo(EDGE, EDGE - 2000), upTo(2 ** 53, 2 ** 53 - 2000));

function products(factor, turns) {
  let largest = 0, sum = 0;
  for (let i = 1; i <= turns; i++) {
    const product = i * factor;
    if (product > largest) largest = product;
    sum = (sum + product) % 1000003;
  }
  return largest + " " + sum;
}
console.log(products(2 ** 39 + 1, 3000), products(-(2 ** 39) - 1, 3000), products(2 ** 52 + 1, 3000), products(0, 3000), Object.is(products(-0, 10), products(0, 10)));

// What no turn changes is an int at first, then beyond the edge, then a fraction: each time for long enough to become machine code.
function invariant(step, turns) {
  let x = 0, least = Infinity;
  for (let i = 0; i < turns; i++) {
    x = x + step;
    if (x > EDGE * 3) x = x - EDGE * 3;
    if (x < least) least = x;
  }
  return x + " " + least;
}
for (const step of [1, EDGE - 1, EDGE, EDGE + 1, 0.5, -1, -EDGE, 2 ** 51 + 0.5]) console.log(invariant(step, 2500), invariant(step, 700));

function bits(x, turns) {
  let found = 0;
  for (let i = 0; i < turns; i++) found = (found * 31 + ((x + i) | 0)) | 0;
  return found;
}
console.log(bits(EDGE - 1000, 2500), bits(-EDGE - 1000, 2500), bits(2 ** 62, 2500), bits(2 ** 63 - 1024, 2500), bits(-(2 ** 63), 2500), bits(1e300, 2500));
