'use strict';
// `Intl.NumberFormat` as the United States write numbers.

const LOCALE = 'en-US';
const SYMBOLS = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩', CAD: 'CA$', AUD: 'A$', MXN: 'MX$', BRL: 'R$', NZD: 'NZ$', ILS: '₪', VND: '₫' };
const PLACES = { JPY: 0, KRW: 0, VND: 0, CLP: 0, ISK: 0, KWD: 3, BHD: 3, JOD: 3, OMR: 3, TND: 3 };
const COMPACT = [
  ['T', 'trillion', 12],
  ['B', 'billion', 9],
  ['M', 'million', 6],
  ['K', 'thousand', 3],
];
const UNITS = {
  byte: ['byte', 'byte', 'B'],
  kilobyte: ['kilobyte', 'kB', 'kB'],
  megabyte: ['megabyte', 'MB', 'MB'],
  gigabyte: ['gigabyte', 'GB', 'GB'],
  kilometer: ['kilometer', 'km', 'km'],
  meter: ['meter', 'm', 'm'],
  kilogram: ['kilogram', 'kg', 'kg'],
  gram: ['gram', 'g', 'g'],
  liter: ['liter', 'L', 'L'],
  second: ['second', 'sec', 's'],
  millisecond: ['millisecond', 'ms', 'ms'],
  minute: ['minute', 'min', 'm'],
  hour: ['hour', 'hr', 'h'],
  day: ['day', 'day', 'd'],
  week: ['week', 'wk', 'w'],
  month: ['month', 'mth', 'm'],
  year: ['year', 'yr', 'y'],
  celsius: ['degree Celsius', '°C', '°C'],
  percent: ['percent', '%', '%'],
};
const TOGETHER = ['m', '°C', '%'];
const PLURAL_AS_IS = ['kB', 'MB', 'GB', 'km', 'm', 'kg', 'g', 'L', 'sec', 'ms', 'min', 'hr', '°C', '%'];

function choice(options, name, values, otherwise) {
  const value = options?.[name];
  if (value === undefined) return otherwise;
  if (!values.includes(String(value))) {
    throw new RangeError(`Value ${value} out of range for Intl.NumberFormat options property ${name}`);
  }
  return String(value);
}

function digits(options, name, least, most, otherwise) {
  const value = options?.[name];
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!(number >= least && number <= most)) throw new RangeError(`${name} value is out of range.`);
  return Math.floor(number);
}

// The digits of a decimal text with at most so many places; half goes away from zero, as the digits that are shown decide.
function rounded(number, most) {
  const exact = Math.abs(number);
  const shortest = exact.toString();
  if (shortest.includes('e+')) {
    const [figures, power] = shortest.split('e+');
    return figures.replace('.', '').padEnd(Number(power) + 1, '0');
  }
  if (shortest.includes('e') || !shortest.includes('.')) return exact.toFixed(most);
  const [whole, places] = shortest.split('.');
  if (places.length <= most) return `${whole}.${places}`;
  const kept = BigInt(whole + places.slice(0, most)) + (places[most] >= '5' ? 1n : 0n);
  const text = kept.toString().padStart(most + 1, '0');
  return most === 0 ? text : `${text.slice(0, -most)}.${text.slice(-most)}`;
}

function significant(number, least, most) {
  if (number === 0) return least > 1 ? `0.${'0'.repeat(least - 1)}` : '0';
  const text = Number(Math.abs(number).toPrecision(most));
  let shown = text >= 1e21 ? BigInt(text).toString() : text < 1e-6 ? text.toFixed(20).replace(/0+$/, '') : String(text);
  const count = shown.replace('.', '').replace(/^0+/, '').length;
  if (count < least) shown += (shown.includes('.') ? '' : '.') + '0'.repeat(least - count);
  return shown;
}

class NumberFormat {
  #options;
  #format;
  constructor(locales, options) {
    const style = choice(options, 'style', ['decimal', 'percent', 'currency', 'unit'], 'decimal');
    const currency = options?.currency === undefined ? undefined : String(options.currency).toUpperCase();
    const unit = options?.unit === undefined ? undefined : String(options.unit);
    if (style === 'currency' && currency === undefined) throw new TypeError('Currency code is required with currency style.');
    if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) throw new RangeError(`Invalid currency code : ${options.currency}`);
    if (style === 'unit' && unit === undefined) throw new TypeError('Unit is required with unit style.');
    if (unit !== undefined && !unit.split('-per-').every((each) => each in UNITS)) {
      throw new RangeError(`Invalid unit argument for Intl.NumberFormat() '${unit}'`);
    }
    const notation = choice(options, 'notation', ['standard', 'scientific', 'engineering', 'compact'], 'standard');
    const places = style === 'currency' && notation === 'standard' ? (PLACES[currency] ?? 2) : 0;
    const usual = style === 'currency' && notation === 'standard' ? places : style === 'percent' || notation === 'compact' ? 0 : 3;
    const least = digits(options, 'minimumFractionDigits', 0, 20, undefined);
    const most = digits(options, 'maximumFractionDigits', 0, 20, undefined);
    if (least !== undefined && most !== undefined && least > most) {
      throw new RangeError('maximumFractionDigits value is out of range.');
    }
    const grouping = options?.useGrouping;
    this.#options = {
      style,
      currency,
      currencyDisplay: choice(options, 'currencyDisplay', ['code', 'symbol', 'narrowSymbol', 'name'], 'symbol'),
      currencySign: choice(options, 'currencySign', ['standard', 'accounting'], 'standard'),
      unit,
      unitDisplay: choice(options, 'unitDisplay', ['short', 'narrow', 'long'], 'short'),
      notation,
      compactDisplay: choice(options, 'compactDisplay', ['short', 'long'], 'short'),
      signDisplay: choice(options, 'signDisplay', ['auto', 'never', 'always', 'exceptZero', 'negative'], 'auto'),
      useGrouping: grouping === undefined ? (notation === 'compact' ? 'min2' : 'auto') : grouping === true ? 'always' : grouping === 'false' ? false : grouping,
      minimumIntegerDigits: digits(options, 'minimumIntegerDigits', 1, 21, 1),
      minimumFractionDigits: least ?? Math.min(places, most ?? places),
      maximumFractionDigits: most ?? Math.max(usual, least ?? 0),
      minimumSignificantDigits: digits(options, 'minimumSignificantDigits', 1, 21, undefined),
      maximumSignificantDigits: digits(options, 'maximumSignificantDigits', 1, 21, undefined),
      rounds: notation === 'compact' && least === undefined && most === undefined,
    };
  }

  static supportedLocalesOf(locales) {
    return [locales ?? []].flat().filter((each) => /^en(?:-|$)/.test(each));
  }

  get format() {
    this.#format ??= (value) => this.#text(value);
    return this.#format;
  }

  formatToParts(value) {
    const parts = [];
    let isFraction = false;
    for (const [text] of this.#text(value).matchAll(/\d+|,|\.|-|\+|%|[^\d,.+%-]+/g)) {
      if (/\d/.test(text)) parts.push({ type: isFraction ? 'fraction' : 'integer', value: text });
      else if (text === ',') parts.push({ type: 'group', value: text });
      else if (text === '.') parts.push({ type: 'decimal', value: text });
      else if (text === '-') parts.push({ type: 'minusSign', value: text });
      else if (text === '+') parts.push({ type: 'plusSign', value: text });
      else if (text === '%') parts.push({ type: 'percentSign', value: text });
      else if (text === 'NaN') parts.push({ type: 'nan', value: text });
      else if (text === '∞') parts.push({ type: 'infinity', value: text });
      else if (text.trim() === '') parts.push({ type: 'literal', value: text });
      else parts.push({ type: this.#options.style === 'currency' ? 'currency' : this.#options.style === 'unit' ? 'unit' : 'compact', value: text });
      isFraction = text === '.' || (isFraction && !/\d/.test(text));
    }
    return parts;
  }

  #text(given) {
    const o = this.#options;
    const value = typeof given === 'bigint' ? given : typeof given === 'string' && /^\s*-?\d{16,}\s*$/.test(given) ? BigInt(given) : Number(given);
    const isNegative = typeof value === 'bigint' ? value < 0n : value < 0 || Object.is(value, -0);
    let body;
    let suffix = '';
    if (typeof value === 'bigint' && o.notation === 'standard' && o.style !== 'percent') {
      body = this.#grouped((isNegative ? -value : value).toString() + (o.minimumFractionDigits > 0 ? `.${'0'.repeat(o.minimumFractionDigits)}` : ''));
    } else {
      [body, suffix] = this.#amount(Number(value));
    }
    const isZero = !/[1-9∞]/.test(body); // so is what is no number
    let sign = '';
    if (o.signDisplay === 'auto' || o.signDisplay === 'always') sign = isNegative ? '-' : o.signDisplay === 'always' ? '+' : '';
    else if (o.signDisplay === 'exceptZero') sign = isZero ? '' : isNegative ? '-' : '+';
    else if (o.signDisplay === 'negative') sign = isNegative && !isZero ? '-' : '';
    body += suffix;
    if (o.style === 'percent') body += '%';
    if (o.style === 'unit') body = this.#withUnit(body);
    if (o.style !== 'currency') return sign + body;
    if (o.currencyDisplay === 'name') return `${sign}${body} ${o.currency}`;
    const symbol = o.currencyDisplay === 'code' ? o.currency : (SYMBOLS[o.currency] ?? o.currency);
    const shown = o.currencyDisplay === 'narrowSymbol' ? symbol.replace(/^[A-Z]{1,2}(?=[^A-Z])/, '') : symbol;
    const space = /[A-Z]$/.test(shown) ? '\u00a0' : '';
    if (o.currencySign === 'accounting' && sign === '-') return `(${shown}${space}${body})`;
    return `${sign}${shown}${space}${body}`;
  }

  #withUnit(body) {
    const index = { long: 0, short: 1, narrow: 2 }[this.#options.unitDisplay];
    const [first, per] = this.#options.unit.split('-per-');
    const name = UNITS[first][index];
    const isOne = body === '1';
    let words = isOne || (index > 0 && PLURAL_AS_IS.includes(name)) || index === 2 ? name : index === 0 && first === 'celsius' ? 'degrees Celsius' : `${name}s`;
    if (first === 'percent' && index === 0) words = name;
    if (per !== undefined) words += index === 0 ? ` per ${UNITS[per][0]}` : `/${UNITS[per][2]}`;
    const isTogether = index === 2 || (TOGETHER.includes(name) && name !== 'm');
    return isTogether ? body + words : `${body} ${words}`;
  }

  #amount(value) {
    const o = this.#options;
    if (Number.isNaN(value)) return ['NaN', ''];
    if (!Number.isFinite(value)) return ['∞', ''];
    let number = Math.abs(o.style === 'percent' ? value * 100 : value);
    if (o.style === 'percent') number = Number(number.toPrecision(15));
    if (o.notation === 'compact') {
      for (let index = 0; index < COMPACT.length; index++) {
        const [short, long, power] = COMPACT[index];
        const scaled = number / 10 ** power;
        if (scaled >= 1 || (index < COMPACT.length && Number(this.#plain(scaled)) >= 1)) {
          return [this.#grouped(this.#plain(scaled)), o.compactDisplay === 'long' ? ` ${long}` : short];
        }
      }
    } else if (o.notation !== 'standard') {
      let power = number === 0 ? 0 : Math.floor(Math.log10(number));
      if (o.notation === 'engineering') power = Math.floor(power / 3) * 3;
      return [this.#plain(number / 10 ** power), `E${power}`];
    }
    return [this.#grouped(this.#plain(number)), ''];
  }

  #plain(number) {
    const o = this.#options;
    if (o.minimumSignificantDigits !== undefined || o.maximumSignificantDigits !== undefined) {
      return significant(number, o.minimumSignificantDigits ?? 1, o.maximumSignificantDigits ?? 21);
    }
    if (o.rounds) {
      const whole = rounded(number, 0);
      return whole.length >= 2 ? whole : significant(number, 1, 2);
    }
    let [whole, places = ''] = rounded(number, o.maximumFractionDigits).split('.');
    places = places.replace(/0+$/, '').padEnd(o.minimumFractionDigits, '0');
    whole = whole.padStart(o.minimumIntegerDigits, '0');
    return places === '' ? whole : `${whole}.${places}`;
  }

  #grouped(text) {
    const o = this.#options;
    const [whole, places] = text.split('.');
    const least = o.useGrouping === 'min2' ? 5 : 4;
    const shown = o.useGrouping === false || whole.length < least ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
    return places === undefined ? shown : `${shown}.${places}`;
  }

  resolvedOptions() {
    const { rounds, ...o } = this.#options;
    const result = { locale: LOCALE, numberingSystem: 'latn', style: o.style };
    if (o.style === 'currency') Object.assign(result, { currency: o.currency, currencyDisplay: o.currencyDisplay, currencySign: o.currencySign });
    if (o.style === 'unit') Object.assign(result, { unit: o.unit, unitDisplay: o.unitDisplay });
    result.minimumIntegerDigits = o.minimumIntegerDigits;
    if (o.minimumSignificantDigits !== undefined || o.maximumSignificantDigits !== undefined) {
      result.minimumSignificantDigits = o.minimumSignificantDigits ?? 1;
      result.maximumSignificantDigits = o.maximumSignificantDigits ?? 21;
    } else {
      result.minimumFractionDigits = o.minimumFractionDigits;
      result.maximumFractionDigits = o.maximumFractionDigits;
    }
    Object.assign(result, { useGrouping: o.useGrouping, notation: o.notation });
    if (o.notation === 'compact') result.compactDisplay = o.compactDisplay;
    return Object.assign(result, { signDisplay: o.signDisplay, roundingIncrement: 1, roundingMode: 'halfExpand', roundingPriority: 'auto', trailingZeroDisplay: 'auto' });
  }
}

exports.NumberFormat = NumberFormat;
