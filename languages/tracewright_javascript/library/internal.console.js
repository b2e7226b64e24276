'use strict';
// Methods of `console` that are no more than a line of text.

function table(data, columns) {
  if (data === null || typeof data !== 'object') {
    console.log(data);
    return;
  }
  const kind = host.classOf(data);
  const rows =
    kind === 'Map'
      ? [...data].map(([key, value], index) => [index, { Key: key, Values: value }])
      : kind === 'Set'
        ? [...data].map((value, index) => [index, value])
        : Object.entries(data);
  const heads = kind === 'Map' || kind === 'Set' ? '(iteration index)' : '(index)';
  const names = [];
  let hasPlain = false;
  for (const [, row] of rows) {
    if (row === null || (typeof row !== 'object' && typeof row !== 'function')) hasPlain = true;
    else if (columns === undefined) for (const name of Object.keys(row)) if (!names.includes(name)) names.push(name);
  }
  if (columns !== undefined) names.push(...columns);
  const shown = (value) =>
    host.inspect(value, {
      maxArrayLength: 3,
      breakLength: Infinity,
      depth:
        value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2 ? -1 : 0,
    });
  const lines = rows.map(([index, row]) => {
    const isPlain = row === null || (typeof row !== 'object' && typeof row !== 'function');
    const cells = names.map((name) => (!isPlain && Object.hasOwn(row, name) ? shown(row[name]) : ''));
    return [String(index), ...cells, ...(hasPlain ? [isPlain ? shown(row) : ''] : [])];
  });
  console.log(drawn([heads, ...names, ...(hasPlain ? ['Values'] : [])], lines));
}

// How many columns of the terminal a text takes.
function widthOf(text) {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0);
    if (code >= 0x300 && code <= 0x36f) continue;
    const isWide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0x1f300 && code <= 0x1faff) ||
      (code >= 0x20000 && code <= 0x3fffd);
    width += isWide ? 2 : 1;
  }
  return width;
}

function drawn(heads, lines) {
  const widths = heads.map(
    (head, column) => Math.max(widthOf(head), ...lines.map((line) => widthOf(line[column]))) + 2,
  );
  const row = (cells) =>
    '│' + cells.map((cell, column) => ` ${cell}${' '.repeat(widths[column] - widthOf(cell) - 1)}`).join('│') + '│';
  const rule = (left, between, right) => left + widths.map((width) => '─'.repeat(width)).join(between) + right;
  return [rule('┌', '┬', '┐'), row(heads), rule('├', '┼', '┤'), ...lines.map(row), rule('└', '┴', '┘')].join('\n');
}

function trace(...values) {
  const error = { name: 'Trace', message: values.length > 0 ? host.format(...values) : '' };
  Error.captureStackTrace(error, console.trace);
  console.error(error.stack);
}

function dir(value, options) {
  console.log(host.inspect(value, { customInspect: false, ...options }));
}

function dirxml(...values) {
  console.log(...values);
}

module.exports = { table, trace, dir, dirxml };
