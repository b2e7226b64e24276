// A logger.
const w = require('winston');
const l = w.createLogger({
  level: 'debug',
  format: w.format.combine(
    w.format.label({ label: 'L' }),
    w.format.printf((i) => `${i.label} ${i.level}: ${i.message} ${JSON.stringify(i.meta)}`),
  ),
  transports: [new w.transports.Console()],
});
l.info('hello', { meta: { a: 1 } });
l.debug('x');
l.error('bad');
l.silly('no');
