// Arguments of a command.
console.log(
  require('minimist')(['-a', 'beep', '-b=3', '--name', 'x', '--no-y', '--n=5', '-xyz', 'rest', '--', 'more'], {
    boolean: ['v'],
    alias: { n: 'num' },
    default: { q: 1 },
  }),
);
