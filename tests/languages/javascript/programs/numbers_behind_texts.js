// A number behind a text: short ones are written at once, and look like any others.
let sizes = 0;
const counts = new Map();
for (let i = 0; i < 3000; i++) {
  const key = "key_" + ((i * 7919) % 700);
  counts.set(key, (counts.get(key) || 0) + (key === `key_${(i * 7919) % 700}` ? 1 : 0));
  sizes += ("twenty-characters-xx" + i).length + ("€" + -i).length;
}
console.log(sizes, counts.size, counts.get("key_699"));
for (const number of [0, -0, 9, 255, 9999, 12345678, 123456789, 2147483648, 9007199254740991, -1, 1.5, 1e21]) {
  console.log("" + number, "x" + number, "seven77" + number, "£" + number, "€" + number, "twenty-characters-xx" + number);
}
