// Parses its own text and counts what it finds.
const acorn = require('acorn');
const text = require('fs').readFileSync(require.resolve('acorn'), 'utf8');
const tree = acorn.parse(text, { ecmaVersion: 2022, locations: true });
const counts = {};
(function walk(node) {
  if (Array.isArray(node)) node.forEach(walk);
  else if (node && typeof node === 'object') {
    if (node.type) counts[node.type] = (counts[node.type] || 0) + 1;
    for (const key in node) if (key !== 'loc') walk(node[key]);
  }
})(tree);
console.log(counts, tree.body.length, JSON.stringify(tree).length);
try {
  acorn.parse('let x = ;', { ecmaVersion: 2022 });
} catch (error) {
  console.log(error.message, error.pos);
}
