'use strict';
// What is different between two values, line by line, as `assert` tells it.

const MOST_LINES = 50;
const SHORT = 12; // values that are shorter stand on one line

function difference(head, actual, expected, operator, shown) {
  const left = shown(actual).split('\n');
  const right = shown(expected).split('\n');
  if (left.length === 1 && right.length === 1 && left[0] !== right[0]) {
    const isShort = left[0].length + right[0].length <= SHORT;
    const areObjects =
      (typeof actual === 'object' && actual !== null) || (typeof expected === 'object' && expected !== null);
    if (isShort && !areObjects && !(actual === 0 && expected === 0)) return `${head}\n\n${left[0]} !== ${right[0]}\n`;
  }
  if (left.length === right.length && left.every((line, index) => line === right[index])) {
    if (operator === 'strictEqual')
      return `Values have same structure but are not reference-equal:\n\n${left.join('\n')}\n`;
    return `${head.replace(/:$/, '')}, but the values only look alike:\n\n${left.join('\n')}\n`;
  }
  return `${head}\n+ actual - expected\n\n${marked(left, right).join('\n')}`;
}

// The lines of both, those of one alone with a mark; long stretches that are the same are cut.
function marked(left, right) {
  const rows = aligned(left, right);
  const lines = [];
  let same = 0;
  for (let index = 0; index < rows.length; index++) {
    const [mark, text] = rows[index];
    if (mark === ' ') {
      same++;
      const before = rows.slice(Math.max(0, index - 2), index).some((row) => row[0] !== ' ');
      const behind = rows.slice(index + 1, index + 3).some((row) => row[0] !== ' ');
      if (rows.length > MOST_LINES && same > 2 && !before && !behind) {
        if (lines[lines.length - 1] !== '...') lines.push('...');
        continue;
      }
    } else same = 0;
    lines.push(`${mark} ${text}`);
  }
  return lines;
}

// Rows of the longest common subsequence: ' ' for both, '+' for the left one, '-' for the right one.
function aligned(left, right) {
  const lengths = [];
  for (let row = left.length; row >= 0; row--) {
    lengths[row] = new Array(right.length + 1).fill(0);
    if (row === left.length) continue;
    for (let column = right.length - 1; column >= 0; column--) {
      lengths[row][column] = sameLine(left[row], right[column])
        ? lengths[row + 1][column + 1] + 1
        : Math.max(lengths[row + 1][column], lengths[row][column + 1]);
    }
  }
  const rows = [];
  let row = 0;
  let column = 0;
  while (row < left.length || column < right.length) {
    if (row < left.length && column < right.length && sameLine(left[row], right[column])) {
      rows.push([' ', left[row]]);
      row++;
      column++;
    } else if (column === right.length || (row < left.length && lengths[row + 1][column] >= lengths[row][column + 1]))
      rows.push(['+', left[row++]]);
    else rows.push(['-', right[column++]]);
  }
  return rows;
}

function sameLine(left, right) {
  return left === right || left + ',' === right || left === right + ',';
}

module.exports = { difference };
