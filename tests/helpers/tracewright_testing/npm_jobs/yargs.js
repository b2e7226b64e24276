// Parses command lines, and shows help.
const y = require('yargs');
y(['serve', '--port', '80', '-vv', '--name=x', 'a', 'b'])
  .command(
    'serve [dir]',
    'start',
    (b) => b.positional('dir', { default: '.' }).option('port', { type: 'number', alias: 'p' }),
    (a) => console.log(a),
  )
  .count('v')
  .help(false)
  .exitProcess(false)
  .parse();
y(['--bad'])
  .strict()
  .exitProcess(false)
  .fail((m) => console.log('FAIL', m))
  .parse();
y([])
  .scriptName('q')
  .usage('$0 <cmd>')
  .option('a', { describe: 'the a', demandOption: false, choices: [1, 2] })
  .exitProcess(false)
  .getHelp()
  .then((h) => console.log(h));
