// Reads, changes and writes dates.
const d = require('dayjs');
const utc = require('dayjs/plugin/utc');
d.extend(utc);
d.extend(require('dayjs/plugin/relativeTime'));
d.extend(require('dayjs/plugin/advancedFormat'));
d.extend(require('dayjs/plugin/isoWeek'));
d.extend(require('dayjs/plugin/duration'));
d.extend(require('dayjs/plugin/customParseFormat'));
const t = d.utc('2024-02-29T13:45:30.123Z');
console.log(
  t.format(),
  t.format('Qo [of] YYYY Do dddd hh A'),
  t.add(1, 'month').toISOString(),
  t.isoWeek(),
  t.from(d.utc('2020-01-01')),
  d.duration(1e8).format('D HH:mm:ss'),
  d('12-25-1995', 'MM-DD-YYYY').toDate().getTime() > 0,
  t.endOf('quarter' + '').toString(),
  t.diff('2020-01-01', 'day'),
  t,
);
