'use strict';
// `util.parseArgs`: options and positional words of a command line.
const { coded, invalidArgument } = require('internal/errors');

function parseArgs(config) {
  const args = config.args ?? require('process').argv.slice(2);
  const options = config.options ?? {};
  const isStrict = config.strict ?? true;
  const allowsPositionals = config.allowPositionals ?? !isStrict;
  const values = Object.create(null);
  const positionals = [];
  const rest = [...args];
  const byShort = new Map();
  for (const [name, option] of Object.entries(options)) if (option.short !== undefined) byShort.set(option.short, name);

  function store(name, value) {
    if (options[name]?.multiple) (values[name] ??= []).push(value);
    else values[name] = value;
  }
  function take(name, shown, value, isInline) {
    let option = options[name];
    let stored = value;
    if (
      option === undefined &&
      config.allowNegative &&
      name.startsWith('no-') &&
      options[name.slice(3)]?.type === 'boolean'
    ) {
      name = name.slice(3);
      option = options[name];
      stored = false;
      store(name, stored);
      return;
    }
    if (option === undefined) {
      if (isStrict) {
        const hint = allowsPositionals
          ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${shown}"`
          : '';
        throw coded(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${shown}'${hint}`);
      }
      store(name, isInline ? value : true);
      return;
    }
    if (option.type === 'string') {
      if (!isInline) {
        if (rest.length === 0 || (isStrict && rest[0].startsWith('-') && rest[0] !== '-')) {
          const short = option.short ? `-${option.short}, ` : '';
          throw coded(
            TypeError,
            'ERR_PARSE_ARGS_INVALID_OPTION_VALUE',
            `Option '${short}--${name} <value>' argument missing`,
          );
        }
        stored = rest.shift();
      }
      store(name, stored);
      return;
    }
    if (option.type !== 'boolean') throw invalidArgument(`options.${name}.type`, "('string|boolean')", option.type);
    if (isInline && isStrict) {
      const short = option.short ? `-${option.short}, ` : '';
      throw coded(
        TypeError,
        'ERR_PARSE_ARGS_INVALID_OPTION_VALUE',
        `Option '${short}--${name}' does not take an argument`,
      );
    }
    store(name, true);
  }
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--') {
      positionals.push(...rest.splice(0));
    } else if (word.startsWith('--')) {
      const equals = word.indexOf('=');
      if (equals < 0) take(word.slice(2), word, undefined, false);
      else take(word.slice(2, equals), word.slice(0, equals), word.slice(equals + 1), true);
    } else if (word.startsWith('-') && word.length > 1) {
      const letter = word[1];
      const name = byShort.get(letter) ?? letter;
      if (word.length === 2) take(name, word, undefined, false);
      else if (options[name]?.type === 'string') take(name, `-${letter}`, word.slice(2), true);
      else {
        take(name, `-${letter}`, undefined, false);
        rest.unshift('-' + word.slice(2));
      }
    } else {
      if (!allowsPositionals) {
        throw coded(
          TypeError,
          'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL',
          `Unexpected argument '${word}'. This command does not take positional arguments`,
        );
      }
      positionals.push(word);
    }
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && values[name] === undefined) values[name] = option.default;
  }
  return { values, positionals };
}

module.exports = { parseArgs };
