// Parses command lines, and shows help.
const { Command } = require('commander');
const p = new Command();
p.name('x')
  .description('d')
  .version('1.2.3')
  .option('-d, --debug', 'dbg')
  .option('-n, --num <n>', 'num', parseFloat, 5)
  .argument('<file>', 'the file')
  .argument('[rest...]')
  .action((f, r, o) => console.log(f, r, o));
p.command('sub <a>')
  .option('--no-color')
  .action((a, o) => console.log('sub', a, o));
p.exitOverride();
p.configureOutput({ writeErr: (s) => console.log('E', s) });
console.log(p.helpInformation());
for (const a of [
  ['f', '-d', '-n', '7'],
  ['sub', 'q', '--no-color'],
  ['--nope', 'f'],
  ['--version'],
  ['f', 'a', 'b'],
]) {
  try {
    p.parse(a, { from: 'user' });
  } catch (e) {
    console.log(e.code, e.message);
  }
}
