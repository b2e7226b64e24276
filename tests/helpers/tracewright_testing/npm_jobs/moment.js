// Reads, changes and writes dates.
process.env.TZ = 'UTC';
const m = require('moment');
const t = m.utc('2024-02-29T13:45:30.123Z');
for (const f of ['LLLL', 'YYYY-MM-DD[T]HH:mm:ss.SSSZ', 'dddd Do MMMM gg ww E', 'x X', 'h:mm a', 'DDDo Q'])
  console.log(t.format(f));
console.log(
  t.clone().add(1, 'year').toISOString(),
  t.from(m.utc('2024-03-05')),
  m.duration(123456789).humanize(),
  m.duration('P1DT2H').toISOString(),
  t.isLeapYear(),
  m('13/02/2020', 'DD/MM/YYYY').isValid(),
  m('nope', 'YYYY').isValid(),
  t.startOf('week').toJSON(),
  t.diff(m.utc('2020-01-01'), 'months', true),
  m.utc([2020, 1, 30]).isValid(),
  t.calendar(m.utc('2024-02-26')),
);
console.log(m.utc(0).toObject(), m.localeData().months().length, m.invalid());
