// Renders two manuals.
const { marked } = require('marked');
const fs = require('fs');
const path = require('path');
for (const name of ['marked', 'uglify-js']) {
  const file = path.join(path.dirname(require.resolve(`${name}/package.json`)), 'README.md');
  console.log(marked.parse(fs.readFileSync(file, 'utf8'), { mangle: false, headerIds: true }));
}
