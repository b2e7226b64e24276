'use strict';
// What programs ask of the engine besides the language.
const process = require('process');

function getHeapStatistics() {
  const { rss } = process.memoryUsage();
  return { total_heap_size: rss, used_heap_size: rss, heap_size_limit: 2 ** 32, total_physical_size: rss, malloced_memory: 0 };
}

module.exports = {
  getHeapStatistics,
  setFlagsFromString: () => {},
  cachedDataVersionTag: () => 0,
  serialize: (value) => ({ value: structuredClone(value) }),
  deserialize: (serialized) => structuredClone(serialized.value),
};

require('internal/absent').addMissing(module.exports, 'v8', ['Deserializer', 'Serializer', 'getHeapSnapshot', 'getHeapSpaceStatistics', 'writeHeapSnapshot']);
