// Colours of terminals.
const chalk = require('chalk');
const c = new chalk.Instance({ level: 3 });
console.log(
  JSON.stringify([
    c.red('a'),
    c.bold.underline('b'),
    c.rgb(1, 2, 3).bgHex('#fff')('c'),
    c`{green x ${1}}`,
    c.red('a', c.blue('b'), 'c'),
  ]),
);
