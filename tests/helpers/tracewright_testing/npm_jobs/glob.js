// Names of files that fit patterns.
const { globSync, glob } = require('glob');
console.log(globSync('node_modules/minimist/*.js*', { cwd: __dirname }).sort());
glob('node_modules/uuid/dist/*.js', { cwd: __dirname, ignore: '**/n*' }).then((f) =>
  console.log(f.sort().slice(0, 9)),
);
