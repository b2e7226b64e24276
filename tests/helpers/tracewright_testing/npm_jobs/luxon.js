// Times and zones.
const { DateTime, Duration, Interval, Settings } = require('luxon');
const d = DateTime.fromISO('2024-02-29T10:20:30.400', { zone: 'utc' });
console.log(
  d.plus({ months: 12, days: 1 }).toISO(),
  d.toFormat('yyyy LLL dd EEE HH:mm:ss.SSS'),
  d.toLocaleString(DateTime.DATE_FULL),
  d.setZone('America/New_York').toISO(),
  d.diff(DateTime.fromISO('2024-01-01', { zone: 'utc' }), ['months', 'days', 'hours']).toObject(),
  Duration.fromObject({ hours: 25.5 }).shiftTo('days', 'hours', 'minutes').toHuman(),
  d.startOf('week').toISODate(),
  d.weekNumber,
  DateTime.fromFormat('03/04/2020 5:06 PM', 'MM/dd/yyyy h:mm a', { zone: 'utc' }).toISO(),
  DateTime.fromISO('bad').invalidReason,
);
