'use strict';
// `Intl` of the one locale there is, that of the United States: whatever locale is asked for, the answers are its.

const LOCALE = 'en-US';

function canonicalLocales(locales) {
  if (locales === undefined) return [];
  const list = typeof locales === 'string' || locales instanceof Locale ? [locales] : Array.from(Object(locales));
  const found = list.map((each) => {
    if (typeof each !== 'string' && (typeof each !== 'object' || each === null)) {
      throw new TypeError('Incorrect locale information provided');
    }
    const text = String(each);
    if (!/^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(text)) throw new RangeError(`Incorrect locale information provided`);
    return text
      .split('-')
      .map((part, index) => {
        if (index === 0) return part.toLowerCase();
        if (part.length === 2) return part.toUpperCase();
        return part.length === 4 ? part[0].toUpperCase() + part.slice(1).toLowerCase() : part.toLowerCase();
      })
      .join('-');
  });
  return [...new Set(found)];
}

function option(options, name, values, otherwise) {
  const value = options?.[name];
  if (value === undefined) return otherwise;
  const text = String(value);
  if (values !== undefined && !values.includes(text)) {
    throw new RangeError(`Value ${text} out of range for Intl options property ${name}`);
  }
  return text;
}

// What all constructors have: the locales are checked, and `supportedLocalesOf` tells the English ones.
class Service {
  constructor(locales) {
    canonicalLocales(locales);
  }
  static supportedLocalesOf(locales) {
    return canonicalLocales(locales).filter((each) => each === 'en' || each.startsWith('en-'));
  }
}

class Collator extends Service {
  #options;
  #compare;
  constructor(locales, options) {
    super(locales);
    this.#options = {
      usage: option(options, 'usage', ['sort', 'search'], 'sort'),
      sensitivity: option(options, 'sensitivity', ['base', 'accent', 'case', 'variant'], 'variant'),
      ignorePunctuation: Boolean(options?.ignorePunctuation),
      numeric: Boolean(options?.numeric),
      caseFirst: option(options, 'caseFirst', ['upper', 'lower', 'false'], 'false'),
    };
  }
  get compare() {
    this.#compare ??= (left, right) => String(left).localeCompare(String(right), LOCALE, this.#options);
    return this.#compare;
  }
  resolvedOptions() {
    const { usage, sensitivity, ignorePunctuation, numeric, caseFirst } = this.#options;
    return { locale: LOCALE, usage, sensitivity, ignorePunctuation, collation: 'default', numeric, caseFirst };
  }
}

class PluralRules extends Service {
  #type;
  #format;
  constructor(locales, options) {
    super(locales);
    this.#type = option(options, 'type', ['cardinal', 'ordinal'], 'cardinal');
    this.#format = new (require('internal/intl/numbers').NumberFormat)(LOCALE, {
      minimumFractionDigits: options?.minimumFractionDigits,
      maximumFractionDigits: options?.maximumFractionDigits,
    });
  }
  select(value) {
    const number = Number(value);
    if (this.#type === 'cardinal') return this.#format.format(number) === '1' ? 'one' : 'other';
    if (!Number.isInteger(number)) return 'other';
    const last = Math.abs(number) % 10;
    const two = Math.abs(number) % 100;
    if (last === 1 && two !== 11) return 'one';
    if (last === 2 && two !== 12) return 'two';
    return last === 3 && two !== 13 ? 'few' : 'other';
  }
  resolvedOptions() {
    const { minimumIntegerDigits, minimumFractionDigits, maximumFractionDigits } = this.#format.resolvedOptions();
    const pluralCategories = this.#type === 'cardinal' ? ['one', 'other'] : ['few', 'one', 'two', 'other'];
    return {
      locale: LOCALE,
      type: this.#type,
      minimumIntegerDigits,
      minimumFractionDigits,
      maximumFractionDigits,
      pluralCategories,
    };
  }
}

const JOINING = {
  conjunction: { long: ['and', ','], short: ['&', ','], narrow: ['', ','] },
  disjunction: { long: ['or', ','], short: ['or', ','], narrow: ['or', ','] },
  unit: { long: ['', ','], short: ['', ','], narrow: ['', ''] },
};

class ListFormat extends Service {
  #type;
  #style;
  constructor(locales, options) {
    super(locales);
    this.#type = option(options, 'type', ['conjunction', 'disjunction', 'unit'], 'conjunction');
    this.#style = option(options, 'style', ['long', 'short', 'narrow'], 'long');
  }
  formatToParts(list) {
    const items = Array.from(list ?? [], (each) => {
      if (typeof each !== 'string') throw new TypeError('Iterable yielded a non-String value');
      return each;
    });
    const [word, comma] = JOINING[this.#type][this.#style];
    const parts = [];
    items.forEach((value, index) => {
      if (index > 0) {
        const isLast = index === items.length - 1;
        const before = items.length > 2 || word === '' ? comma : '';
        parts.push({ type: 'literal', value: isLast && word !== '' ? `${before} ${word} ` : `${comma} ` });
      }
      parts.push({ type: 'element', value });
    });
    return parts;
  }
  format(list) {
    return this.formatToParts(list)
      .map((part) => part.value)
      .join('');
  }
  resolvedOptions() {
    return { locale: LOCALE, type: this.#type, style: this.#style };
  }
}

const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];
const SHORT_UNITS = { second: 'sec.', minute: 'min.', hour: 'hr.', week: 'wk.', month: 'mo.', quarter: 'qtr.', year: 'yr.' };
const NARROW_UNITS = { second: 's', minute: 'min', hour: 'h', day: 'd', week: 'w', month: 'mo', quarter: 'q', year: 'y' };
const NAMED_TIMES = {
  second: { 0: 'now' },
  day: { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' },
};

class RelativeTimeFormat extends Service {
  #numeric;
  #style;
  #format;
  constructor(locales, options) {
    super(locales);
    this.#numeric = option(options, 'numeric', ['always', 'auto'], 'always');
    this.#style = option(options, 'style', ['long', 'short', 'narrow'], 'long');
    this.#format = new (require('internal/intl/numbers').NumberFormat)(LOCALE);
  }
  format(value, unit) {
    const number = Number(value);
    const name = String(unit).replace(/s$/, '');
    if (!UNITS.includes(name)) throw new RangeError(`Invalid unit argument for format() '${unit}'`);
    if (!Number.isFinite(number)) throw new RangeError('Invalid time value');
    if (this.#numeric === 'auto') {
      const shown = this.#style === 'long' ? name : (SHORT_UNITS[name] ?? name);
      const named = NAMED_TIMES[name]?.[number];
      if (named !== undefined) return named;
      const prefix = name === 'second' || name === 'day' ? undefined : { '-1': 'last', 0: 'this', 1: 'next' }[number];
      const isPlain = name === 'minute' || name === 'hour';
      if (prefix !== undefined && (!isPlain || number === 0)) return `${prefix} ${isPlain ? name : shown}`;
    }
    const count = this.#format.format(Math.abs(number));
    let words;
    if (this.#style === 'narrow') {
      words = `${count}${NARROW_UNITS[name]}`;
    } else {
      const short = this.#style === 'short' ? SHORT_UNITS[name] : undefined;
      const many = count === '1' ? '' : 's';
      words = `${count} ${short === undefined ? name + many : name === 'quarter' && many ? 'qtrs.' : short}`;
    }
    return number < 0 || Object.is(number, -0) ? `${words} ago` : `in ${words}`;
  }
  resolvedOptions() {
    return { locale: LOCALE, style: this.#style, numeric: this.#numeric, numberingSystem: 'latn' };
  }
}

class Locale {
  #parts;
  constructor(tag, options) {
    [this.baseName] = canonicalLocales(tag);
    if (this.baseName === undefined) throw new TypeError('First argument to Intl.Locale constructor can\'t be empty or missing');
    this.#parts = this.baseName.split('-');
    if (options?.language !== undefined) this.#parts[0] = String(options.language);
    this.baseName = this.#parts.join('-');
  }
  get language() {
    return this.#parts[0];
  }
  get script() {
    return this.#parts.find((part, index) => index > 0 && part.length === 4);
  }
  get region() {
    return this.#parts.find((part, index) => index > 0 && /^(?:[A-Z]{2}|\d{3})$/.test(part));
  }
  toString() {
    return this.baseName;
  }
}

const members = {
  Collator,
  DateTimeFormat: require('internal/intl/dates').DateTimeFormat,
  ListFormat,
  Locale,
  NumberFormat: require('internal/intl/numbers').NumberFormat,
  PluralRules,
  RelativeTimeFormat,
  Segmenter: require('internal/intl/segments').Segmenter,
};
const Intl = {};
for (const name of ['Collator', 'DateTimeFormat', 'NumberFormat']) {
  const implementation = members[name];
  members[name] = require('internal/callable').callable(implementation, (...given) => new implementation(...given));
}
for (const [name, value] of Object.entries(members)) {
  Object.defineProperty(Intl, name, { value, writable: true, configurable: true });
  Object.defineProperty(value.prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
}
Object.defineProperty(Intl, 'getCanonicalLocales', { value: canonicalLocales, writable: true, configurable: true });
Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });
exports.Intl = Intl;
