'use strict';
// There is one thread, the main one.
module.exports = Object.assign(require('internal/absent').absent('worker_threads', ['Worker']), {
  isMainThread: true,
  parentPort: null,
  workerData: null,
  threadId: 0,
  ...require('internal/messages'),
});

require('internal/absent').addMissing(module.exports, 'worker_threads', ['getEnvironmentData', 'markAsUntransferable', 'setEnvironmentData']);
