'use strict';
const { coded } = require('internal/errors');
const performance = globalThis.performance;
const marks = [];

class PerformanceEntry {
  constructor(name, entryType, startTime, duration, detail) {
    Object.assign(this, { name, entryType, startTime, duration, detail });
  }
}

function timeOf(mark) {
  if (typeof mark === 'number') return mark;
  const found = marks.findLast((each) => each.entryType === 'mark' && each.name === mark);
  if (found === undefined)
    throw coded(SyntaxError, 'ERR_INVALID_PERFORMANCE_MARK', `The "${mark}" performance mark has not been set`);
  return found.startTime;
}

const methods = {
  mark(name, options) {
    const entry = new PerformanceEntry(
      String(name),
      'mark',
      options?.startTime ?? performance.now(),
      0,
      options?.detail ?? null,
    );
    marks.push(entry);
    return entry;
  },
  measure(name, from, to) {
    if (from !== null && typeof from === 'object') ({ start: from, end: to } = from);
    const start = from === undefined ? 0 : timeOf(from);
    const end = to === undefined ? performance.now() : timeOf(to);
    const entry = new PerformanceEntry(String(name), 'measure', start, end - start, null);
    marks.push(entry);
    return entry;
  },
  getEntries: () => [...marks],
  getEntriesByName: (name) => marks.filter((each) => each.name === name),
  getEntriesByType: (type) => marks.filter((each) => each.entryType === type),
  clearMarks: (name) => remove('mark', name),
  clearMeasures: (name) => remove('measure', name),
  timerify: (work) => work,
};

function remove(type, name) {
  for (let index = marks.length - 1; index >= 0; index--) {
    if (marks[index].entryType === type && (name === undefined || marks[index].name === name)) marks.splice(index, 1);
  }
}

for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(performance, name, { value, writable: true, configurable: true, enumerable: false });
}
const [seconds, nanoseconds] = host.wallClock();
performance.timeOrigin ??= seconds * 1000 + nanoseconds / 1e6 - performance.now();

class PerformanceObserver {
  observe() {}
  disconnect() {}
}

module.exports = { performance, PerformanceObserver, PerformanceEntry, constants: {} };

require('internal/absent').addMissing(module.exports, 'perf_hooks', ['Performance', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserverEntryList', 'PerformanceResourceTiming', 'createHistogram', 'monitorEventLoopDelay']);
