// Times by functions.
const f = require('date-fns');
const d = new Date(Date.UTC(2024, 1, 29, 10, 20, 30));
console.log(
  f.format(d, "yyyy-MM-dd'T'HH:mm:ss EEEE do MMM QQQ"),
  f.addMonths(d, 12).toISOString(),
  f.formatDistance(d, new Date(Date.UTC(2024, 5, 1))),
  f.differenceInBusinessDays(new Date(Date.UTC(2024, 2, 10)), d),
  f.parse('03 Apr 2020', 'dd MMM yyyy', new Date(0)).toISOString(),
  f.eachDayOfInterval({ start: d, end: f.addDays(d, 2) }).length,
  f.isLeapYear(d),
  f.formatRelative(f.subDays(d, 1), d),
);
