'use strict';
// Names of domains in letters and digits (RFC 3492).

const BASE = 36;
const LEAST = 1;
const MOST = 26;
const FIRST_CODE = 128;
const LARGEST = 0x7fffffff;

function adapted(delta, count, isFirst) {
  let left = isFirst ? Math.floor(delta / 700) : delta >> 1;
  left += Math.floor(left / count);
  let k = 0;
  for (; left > ((BASE - LEAST) * MOST) >> 1; k += BASE) left = Math.floor(left / (BASE - LEAST));
  return Math.floor(k + ((BASE - LEAST + 1) * left) / (left + 38));
}

function threshold(k, bias) {
  return k <= bias ? LEAST : k >= bias + MOST ? MOST : k - bias;
}

const codesOf = (text) => Array.from(text, (character) => character.codePointAt(0));
const textOf = (codes) => codes.map((code) => String.fromCodePoint(code)).join('');

function encode(text) {
  const codes = codesOf(text);
  const basic = codes.filter((code) => code < FIRST_CODE);
  let output = textOf(basic) + (basic.length > 0 ? '-' : '');
  let code = FIRST_CODE;
  let delta = 0;
  let bias = 72;
  for (let handled = basic.length; handled < codes.length; ) {
    const next = Math.min(...codes.filter((each) => each >= code));
    delta += (next - code) * (handled + 1);
    if (delta > LARGEST) throw new RangeError('Overflow: input needs wider integers to process');
    code = next;
    for (const each of codes) {
      if (each < code) delta++;
      if (each !== code) continue;
      let rest = delta;
      for (let k = BASE; ; k += BASE) {
        const t = threshold(k, bias);
        if (rest < t) break;
        output += digitOf(t + ((rest - t) % (BASE - t)));
        rest = Math.floor((rest - t) / (BASE - t));
      }
      output += digitOf(rest);
      bias = adapted(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    code++;
  }
  return output;
}

// Letters come before digits here.
function digitOf(number) {
  return number < 26 ? String.fromCharCode(97 + number) : String.fromCharCode(22 + number);
}

function decode(text) {
  const end = Math.max(text.lastIndexOf('-'), 0);
  const output = codesOf(text.slice(0, end));
  if (output.some((code) => code >= FIRST_CODE)) throw new RangeError('Illegal input >= 0x80 (not a basic code point)');
  let code = FIRST_CODE;
  let place = 0;
  let bias = 72;
  for (let index = end > 0 ? end + 1 : 0; index < text.length; ) {
    const before = place;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const unit = text.charCodeAt(index++) | 32;
      const digit = unit >= 97 && unit <= 122 ? unit - 97 : unit >= 48 && unit <= 57 ? unit - 22 : BASE;
      if (digit >= BASE || Number.isNaN(unit)) throw new RangeError('Invalid input');
      place += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      weight *= BASE - t;
    }
    bias = adapted(place - before, output.length + 1, before === 0);
    code += Math.floor(place / (output.length + 1));
    place %= output.length + 1;
    output.splice(place++, 0, code);
  }
  return textOf(output);
}

function mapped(name, change) {
  const at = name.lastIndexOf('@');
  const labels = name.slice(at + 1).replace(/[\u3002\uff0e\uff61]/g, '.').split('.');
  return name.slice(0, at + 1) + labels.map(change).join('.');
}

module.exports = {
  encode,
  decode,
  toASCII: (name) => mapped(name, (label) => (/[^\0-\x7f]/.test(label) ? `xn--${encode(label)}` : label)),
  toUnicode: (name) => mapped(name, (label) => (/^xn--/.test(label) ? decode(label.slice(4).toLowerCase()) : label)),
  ucs2: { decode: codesOf, encode: textOf },
  version: '2.1.0',
};
