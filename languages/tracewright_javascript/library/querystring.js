'use strict';

function escape(text) {
  return encodeURIComponent(String(text));
}

function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return host.decode(
      host.encode(text).replace(/%([0-9a-fA-F]{2})/g, (_, digits) => String.fromCharCode(parseInt(digits, 16))),
    );
  }
}

function parse(text, separator = '&', equals = '=', options = undefined) {
  const result = Object.create(null);
  if (typeof text !== 'string' || text === '') return result;
  const decode = options?.decodeURIComponent ?? module.exports.unescape;
  const most = options?.maxKeys ?? 1000;
  const parts = text.split(separator);
  for (const part of most > 0 ? parts.slice(0, most) : parts) {
    if (part === '') continue;
    const place = part.indexOf(equals);
    const name = decode((place < 0 ? part : part.slice(0, place)).replaceAll('+', ' '));
    const value = place < 0 ? '' : decode(part.slice(place + equals.length).replaceAll('+', ' '));
    if (!(name in result)) result[name] = value;
    else if (Array.isArray(result[name])) result[name].push(value);
    else result[name] = [result[name], value];
  }
  return result;
}

function stringify(object, separator = '&', equals = '=', options = undefined) {
  if (object === null || typeof object !== 'object') return '';
  const encode = options?.encodeURIComponent ?? module.exports.escape;
  const shown = (value) =>
    typeof value === 'string' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
      ? encode(String(value))
      : '';
  const parts = [];
  for (const [name, value] of Object.entries(object)) {
    if (Array.isArray(value)) for (const each of value) parts.push(encode(name) + equals + shown(each));
    else parts.push(encode(name) + equals + shown(value));
  }
  return parts.join(separator);
}

module.exports = { parse, stringify, escape, unescape, decode: parse, encode: stringify };
