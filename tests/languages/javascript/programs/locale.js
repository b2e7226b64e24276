// What `Intl` and the methods with locales answer, in the one locale there is.
const words = ['a', 'B', 'A', 'b', 'ä', 'z', 'Z', '10', '9', '_', '-', 'é', 'e', 'f', 'ß', 'ss', 'Ä', 'a b', 'ab', 'a-b', 'co-op', 'coop', 'COOP', '', '!', '~', '$', '+'];
console.log(words.toSorted((a, b) => a.localeCompare(b)).join(' '));
console.log(words.toSorted(new Intl.Collator('en', { caseFirst: 'upper', numeric: true }).compare).join(' '));
console.log('a'.localeCompare('á', 'en', { sensitivity: 'base' }), 'a'.localeCompare('A', undefined, { sensitivity: 'accent' }));
console.log(['x10', 'x9', 'X1'].sort(new Intl.Collator(undefined, { numeric: true }).compare), new Intl.Collator().resolvedOptions());

const numbers = [0, -0, 1.5, -1234.5678, 1e6, 1234567.891, 0.000123, NaN, -Infinity, 1e21, 12, 999999];
const forms = [
  {},
  { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  { maximumSignificantDigits: 3 },
  { style: 'percent', maximumFractionDigits: 1 },
  { style: 'currency', currency: 'USD' },
  { style: 'currency', currency: 'EUR', currencySign: 'accounting' },
  { style: 'currency', currency: 'JPY' },
  { notation: 'compact' },
  { notation: 'compact', compactDisplay: 'long' },
  { style: 'unit', unit: 'kilometer-per-hour' },
  { style: 'unit', unit: 'byte', unitDisplay: 'long' },
  { signDisplay: 'exceptZero', useGrouping: false },
  { minimumIntegerDigits: 3 },
];
for (const form of forms) {
  const format = new Intl.NumberFormat('en-US', form);
  console.log(JSON.stringify(form), numbers.map((number) => format.format(number)).join(' | '));
}
console.log((1234.5).toLocaleString('en-US', { style: 'currency', currency: 'USD' }), (12345678901234567890n).toLocaleString());
console.log(new Intl.NumberFormat('en-US').formatToParts(-1234.5));

const dates = [new Date(Date.UTC(2024, 1, 29, 13, 5, 9, 7)), new Date(Date.UTC(1999, 11, 31, 0, 0, 0))];
const shapes = [
  {},
  { dateStyle: 'full', timeStyle: 'long' },
  { dateStyle: 'medium', timeStyle: 'short' },
  { dateStyle: 'short' },
  { timeStyle: 'medium' },
  { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  { month: 'short', day: 'numeric' },
  { year: 'numeric', month: '2-digit', day: '2-digit' },
  { hour: 'numeric', minute: '2-digit' },
  { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  { minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
  { month: 'long', year: 'numeric' },
  { weekday: 'short', hour: 'numeric' },
  { timeZoneName: 'short', hour: 'numeric' },
];
const plain = (text) => text.replaceAll('\u202f', ' ');
for (const shape of shapes) {
  for (const timeZone of ['UTC', 'America/New_York']) {
    const format = new Intl.DateTimeFormat('en-US', { ...shape, timeZone });
    console.log(JSON.stringify(shape), timeZone, dates.map((date) => plain(format.format(date))).join(' | '));
  }
}
console.log(plain(dates[0].toLocaleString('en-US', { hour12: false })), dates[0].toLocaleDateString('en-US', { month: 'long' }));
console.log(plain(dates[0].toLocaleTimeString('en-US', { hour: '2-digit', minute: '2-digit' })), new Intl.DateTimeFormat().resolvedOptions().timeZone);

const clusters = new Intl.Segmenter();
const cut = (text) => Array.from(clusters.segment(text), (each) => each.segment);
console.log(cut('e\u0301x👨‍👩‍👧🇩🇪🇫🇷각\r\n👍🏽ก็ि').map((part) => [...part].map((unit) => unit.codePointAt(0).toString(16)).join('+')).join(' '));
const wordly = new Intl.Segmenter('en', { granularity: 'word' });
console.log(Array.from(wordly.segment("Hello, world! Can't pay 3.14 or 1,000 foo_bar."), (each) => [each.segment, each.isWordLike]));
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
console.log(Array.from(sentences.segment('One. Two is 2.5 long! Three?'), (each) => [each.index, each.segment]));

console.log([0, 1, 2, 3, 11, 21, 22, 101].map((number) => new Intl.PluralRules('en', { type: 'ordinal' }).select(number)).join(' '));
console.log(new Intl.PluralRules('en').select(1), new Intl.PluralRules('en').select(1.5));
for (const type of ['conjunction', 'disjunction', 'unit']) {
  const list = new Intl.ListFormat('en', { type });
  console.log(list.format(['a']), '/', list.format(['a', 'b']), '/', list.format(['a', 'b', 'c']));
}
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
console.log([-1, 0, 1, 3].flatMap((number) => ['day', 'hour', 'months', 'second'].map((unit) => relative.format(number, unit))).join(', '));
console.log(Intl.getCanonicalLocales('EN-us'), Intl.NumberFormat.supportedLocalesOf(['en-GB']), Object.prototype.toString.call(Intl));
for (const wrong of [() => 'a'.localeCompare('b', 'en', { sensitivity: 'x' }), () => new Intl.NumberFormat('en', { style: 'currency' }), () => new Intl.DateTimeFormat('en', { timeZone: 'No/Where' })]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.name);
  }
}
