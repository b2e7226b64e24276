'use strict';
// All that a stream gives, as one value.

async function chunks(stream) {
  const found = [];
  for await (const chunk of stream) found.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(found);
}

module.exports = {
  buffer: chunks,
  text: async (stream) => (await chunks(stream)).toString(),
  json: async (stream) => JSON.parse((await chunks(stream)).toString()),
  arrayBuffer: async (stream) => {
    const bytes = await chunks(stream);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  },
};
