'use strict';
// `Intl.DateTimeFormat` as the United States write dates and times.

const LOCALE = 'en-US';
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DATE_FIELDS = ['weekday', 'era', 'year', 'month', 'day'];
const TIME_FIELDS = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];
const CHOICES = {
  weekday: ['narrow', 'short', 'long'],
  era: ['narrow', 'short', 'long'],
  year: ['2-digit', 'numeric'],
  month: ['2-digit', 'numeric', 'narrow', 'short', 'long'],
  day: ['2-digit', 'numeric'],
  dayPeriod: ['narrow', 'short', 'long'],
  hour: ['2-digit', 'numeric'],
  minute: ['2-digit', 'numeric'],
  second: ['2-digit', 'numeric'],
  timeZoneName: ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'],
  dateStyle: ['full', 'long', 'medium', 'short'],
  timeStyle: ['full', 'long', 'medium', 'short'],
  hourCycle: ['h11', 'h12', 'h23', 'h24'],
};
const DATE_STYLES = {
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { year: '2-digit', month: 'numeric', day: 'numeric' },
};
const TIME_STYLES = {
  full: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'long' },
  long: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
  medium: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  short: { hour: 'numeric', minute: '2-digit' },
};

function offsetText(milliseconds, isLong) {
  if (milliseconds === 0) return 'GMT';
  const minutes = Math.abs(milliseconds) / 60000;
  const sign = milliseconds < 0 ? '-' : '+';
  const hours = Math.floor(minutes / 60);
  const rest = String(minutes % 60).padStart(2, '0');
  if (isLong) return `GMT${sign}${String(hours).padStart(2, '0')}:${rest}`;
  return `GMT${sign}${hours}${minutes % 60 === 0 ? '' : `:${rest}`}`;
}

function two(number) {
  return String(number).padStart(2, '0');
}

class DateTimeFormat {
  #zone;
  #fields = {};
  #styles;
  #cycle;
  #format;
  constructor(locales, options, required = 'any', defaults = 'date') {
    for (const name of Object.keys(CHOICES)) {
      const value = options?.[name];
      if (value === undefined) continue;
      if (!CHOICES[name].includes(String(value))) {
        throw new RangeError(`Value ${value} out of range for Intl.DateTimeFormat options property ${name}`);
      }
      this.#fields[name] = String(value);
    }
    const fraction = options?.fractionalSecondDigits;
    if (fraction !== undefined) {
      if (!(fraction >= 1 && fraction <= 3)) throw new RangeError('fractionalSecondDigits value is out of range.');
      this.#fields.fractionalSecondDigits = Math.floor(fraction);
    }
    this.#zone = options?.timeZone === undefined ? host.localZone() : String(options.timeZone);
    if (/^(?:utc|gmt|etc\/utc|etc\/gmt)$/i.test(this.#zone)) this.#zone = 'UTC';
    if (host.zoneOffset(this.#zone, 0) === undefined) throw new RangeError(`Invalid time zone specified: ${options?.timeZone}`);
    const { dateStyle, timeStyle, hourCycle, ...fields } = this.#fields;
    this.#styles = { dateStyle, timeStyle };
    if (dateStyle !== undefined || timeStyle !== undefined) {
      const explicit = Object.keys(fields).find((name) => name in CHOICES || name === 'fractionalSecondDigits');
      if (explicit !== undefined) throw new TypeError(`Can't set option ${explicit} when ${dateStyle ? 'dateStyle' : 'timeStyle'} is used`);
      this.#fields = { ...DATE_STYLES[dateStyle], ...TIME_STYLES[timeStyle] };
    } else {
      const wanted = required === 'date' ? DATE_FIELDS : required === 'time' ? TIME_FIELDS : [...DATE_FIELDS, ...TIME_FIELDS];
      this.#fields = fields;
      if (!wanted.some((name) => name !== 'era' && fields[name] !== undefined)) {
        if (defaults !== 'time') Object.assign(this.#fields, { year: 'numeric', month: 'numeric', day: 'numeric' });
        if (defaults !== 'date') Object.assign(this.#fields, { hour: 'numeric', minute: '2-digit', second: '2-digit' });
      }
    }
    const hour12 = options?.hour12;
    this.#cycle = hour12 === undefined ? (hourCycle ?? 'h12') : hour12 ? 'h12' : 'h23';
    if (hour12 === false && required === 'any' && defaults === 'all') this.#cycle = 'h24';
    if (hour12 === false) this.#cycle = 'h24';
  }

  static supportedLocalesOf(locales) {
    return [locales ?? []].flat().filter((each) => /^en(?:-|$)/.test(each));
  }

  get format() {
    this.#format ??= (date) =>
      this.formatToParts(date)
        .map((part) => part.value)
        .join('');
    return this.#format;
  }

  formatToParts(date) {
    const time = date === undefined ? Date.now() : Number(date);
    if (!(Math.abs(time) <= 8.64e15)) throw new RangeError('Invalid time value');
    const parts = [];
    this.#dateParts(parts, new Date(time + host.zoneOffset(this.#zone, time)));
    const hasDate = parts.length > 0;
    const clock = [];
    this.#clockParts(clock, new Date(time + host.zoneOffset(this.#zone, time)), time);
    if (hasDate && clock.length > 0) {
      const { dateStyle, month } = { ...this.#styles, ...this.#fields };
      const isLong = dateStyle === 'full' || dateStyle === 'long' || (dateStyle === undefined && month === 'long');
      const isZoneOnly = clock.length === 1 && clock[0].type === 'timeZoneName';
      const isDayOnly = parts.length === 1 && parts[0].type === 'weekday';
      parts.push({ type: 'literal', value: isDayOnly ? ' ' : isLong && !isZoneOnly ? ' at ' : ', ' });
    }
    return parts.concat(clock);
  }

  #dateParts(parts, local) {
    const { weekday, year, month, day, era } = this.#fields;
    const add = (type, value) => parts.push({ type, value });
    const number = local.getUTCFullYear();
    const shown = era !== undefined && number <= 0 ? 1 - number : number;
    const yearText = year === '2-digit' ? two(((shown % 100) + 100) % 100) : String(shown);
    const named = month !== undefined && !['numeric', '2-digit'].includes(month);
    const name = MONTHS[local.getUTCMonth()];
    const monthText = !named
      ? month === '2-digit' ? two(local.getUTCMonth() + 1) : String(local.getUTCMonth() + 1)
      : month === 'long' ? name : month === 'short' ? name.slice(0, 3) : name[0];
    const dayText = day === '2-digit' ? two(local.getUTCDate()) : String(local.getUTCDate());
    if (weekday !== undefined) {
      const full = DAYS[local.getUTCDay()];
      if (day !== undefined && month === undefined) {
        add('day', dayText);
        add('literal', ' ');
        add('weekday', weekday === 'long' ? full : weekday === 'short' ? full.slice(0, 3) : full[0]);
        return;
      }
      add('weekday', weekday === 'long' ? full : weekday === 'short' ? full.slice(0, 3) : full[0]);
      if (month !== undefined || day !== undefined || year !== undefined) add('literal', ', ');
    }
    const order = [];
    if (month !== undefined) order.push(['month', monthText]);
    if (day !== undefined) order.push(['day', dayText]);
    if (year !== undefined) order.push(['year', yearText]);
    order.forEach(([type, value], index) => {
      if (index > 0) add('literal', !named ? '/' : type === 'year' && order.length === 3 ? ', ' : ' ');
      add(type, value);
    });
    if (era !== undefined && year !== undefined) {
      add('literal', ' ');
      const before = number <= 0;
      add('era', era === 'long' ? (before ? 'Before Christ' : 'Anno Domini') : era === 'short' ? (before ? 'BC' : 'AD') : before ? 'B' : 'A');
    }
  }

  #clockParts(parts, local, time) {
    const { hour, minute, second, fractionalSecondDigits, timeZoneName } = this.#fields;
    const add = (type, value) => parts.push({ type, value });
    const isTwelve = this.#cycle === 'h12' || this.#cycle === 'h11';
    if (hour !== undefined) {
      const full = local.getUTCHours();
      let number = full;
      if (this.#cycle === 'h12') number = full % 12 === 0 ? 12 : full % 12;
      else if (this.#cycle === 'h11') number = full % 12;
      else if (this.#cycle === 'h24') number = full === 0 ? 24 : full;
      add('hour', hour === '2-digit' || !isTwelve ? two(number) : String(number));
    }
    if (minute !== undefined) {
      if (parts.length > 0) add('literal', ':');
      const isTwo = hour !== undefined || second !== undefined;
      add('minute', isTwo ? two(local.getUTCMinutes()) : String(local.getUTCMinutes()));
    }
    if (second !== undefined) {
      if (parts.length > 0) add('literal', ':');
      add('second', minute !== undefined ? two(local.getUTCSeconds()) : String(local.getUTCSeconds()));
    }
    if (fractionalSecondDigits !== undefined) {
      if (parts.length > 0) add('literal', '.');
      add('fractionalSecond', String(local.getUTCMilliseconds()).padStart(3, '0').slice(0, fractionalSecondDigits));
    }
    if (hour !== undefined && isTwelve) {
      add('literal', ' ');
      add('dayPeriod', local.getUTCHours() < 12 ? 'AM' : 'PM');
    }
    if (timeZoneName !== undefined) {
      if (parts.length > 0) add('literal', ' ');
      add('timeZoneName', this.#zoneName(time, timeZoneName));
    }
  }

  #zoneName(time, form) {
    if (form.endsWith('Offset')) return offsetText(host.zoneOffset(this.#zone, time), form === 'longOffset');
    if (this.#zone === 'UTC') return form.startsWith('long') ? 'Coordinated Universal Time' : 'UTC';
    const known = host.zoneAbbreviation(this.#zone, time);
    return /^[ECMP][SD]T$|^AK[SD]T$|^HST$/.test(known) ? known : offsetText(host.zoneOffset(this.#zone, time), false);
  }

  formatRange(start, end) {
    const [first, last] = [this.format(start), this.format(end)];
    return first === last ? first : `${first} – ${last}`;
  }

  resolvedOptions() {
    const { dateStyle, timeStyle } = this.#styles;
    const result = { locale: LOCALE, calendar: 'gregory', numberingSystem: 'latn', timeZone: this.#zone };
    if (this.#fields.hour !== undefined) Object.assign(result, { hourCycle: this.#cycle === 'h24' ? 'h23' : this.#cycle, hour12: this.#cycle === 'h12' || this.#cycle === 'h11' });
    if (dateStyle !== undefined || timeStyle !== undefined) {
      return Object.assign(result, dateStyle && { dateStyle }, timeStyle && { timeStyle });
    }
    for (const name of [...DATE_FIELDS, ...TIME_FIELDS, 'timeZoneName']) {
      if (this.#fields[name] !== undefined) result[name] = this.#fields[name];
    }
    return result;
  }
}

exports.DateTimeFormat = DateTimeFormat;
