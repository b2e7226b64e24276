// Streams of the web: reading, writing, pipes, transforms, ends and errors.
const gather = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return parts;
};
const tell = async (name, work) => {
  try {
    console.log(name, await work());
  } catch (error) {
    console.log(name, 'fails:', error?.name, error?.message ?? error, error?.code);
  }
};
(async () => {
  const counted = (n) => {
    let next = 0;
    return new ReadableStream({
      pull(controller) {
        if (next < n) controller.enqueue(next++);
        else controller.close();
      },
    });
  };
  await tell('iterate', () => gather(counted(4)));
  await tell('from', () => gather(ReadableStream.from ? ReadableStream.from(['a', 'b']) : counted(2)));
  await tell('reader', async () => {
    const stream = counted(2);
    const reader = stream.getReader();
    const results = [stream.locked, await reader.read(), await reader.read(), await reader.read(), await reader.closed];
    reader.releaseLock();
    return [...results, stream.locked];
  });
  await tell('locked', () => {
    const stream = counted(2);
    stream.getReader();
    return stream.getReader();
  });
  await tell('error', () => gather(new ReadableStream({ start: (controller) => { controller.enqueue(1); controller.error(new RangeError('broken')); } })));
  await tell('pull fails', () => gather(new ReadableStream({ pull: async () => { throw new Error('no more'); } })));
  await tell('cancel', async () => {
    const events = [];
    const stream = new ReadableStream({ pull: (controller) => controller.enqueue('x'), cancel: (reason) => events.push(reason) });
    for await (const part of stream) {
      events.push(part);
      if (events.length === 2) break;
    }
    return events;
  });
  await tell('sizes', () => {
    const sizes = [];
    new ReadableStream({ start(controller) { sizes.push(controller.desiredSize); controller.enqueue('abc'); sizes.push(controller.desiredSize); controller.close(); sizes.push(controller.desiredSize); try { controller.enqueue(1); } catch (error) { sizes.push(error.code); } } }, { highWaterMark: 5, size: (text) => text.length });
    return sizes;
  });
  await tell('write', async () => {
    const got = [];
    const stream = new WritableStream({ write: (chunk) => void got.push(chunk), close: () => void got.push('closed') });
    const writer = stream.getWriter();
    got.push(writer.desiredSize);
    writer.write('a');
    got.push(writer.desiredSize);
    await writer.ready;
    await writer.write('b');
    await writer.close();
    await writer.closed;
    return [...got, stream.locked];
  });
  await tell('write fails', async () => {
    const writer = new WritableStream({ write() { throw new TypeError('full'); } }).getWriter();
    await writer.write(1).catch((error) => console.log('write:', error.message));
    await writer.closed.catch((error) => console.log('closed:', error.message));
    return writer.write(2);
  });
  await tell('abort', async () => {
    const events = [];
    const stream = new WritableStream({ abort: (reason) => void events.push(reason) });
    await stream.abort('enough');
    await stream.getWriter().closed.catch((reason) => events.push(reason));
    return events;
  });
  await tell('pipe', async () => {
    const got = [];
    await counted(5).pipeTo(new WritableStream({ write: async (chunk) => void got.push(chunk) }));
    return got;
  });
  await tell('pipe fails', () => counted(5).pipeTo(new WritableStream({ write: (chunk) => { if (chunk === 2) throw new Error('two'); } })));
  await tell('transform', () =>
    gather(counted(4).pipeThrough(new TransformStream({ transform: (chunk, controller) => { controller.enqueue(chunk * 2); controller.enqueue('|'); }, flush: (controller) => controller.enqueue('end') }))));
  await tell('identity', () => gather(counted(3).pipeThrough(new TransformStream())));
  await tell('transform fails', () => gather(counted(4).pipeThrough(new TransformStream({ transform: (chunk) => { if (chunk === 1) throw new SyntaxError('one'); } }))));
  await tell('tee', async () => {
    const [left, right] = counted(3).tee();
    return [await gather(left), await gather(right)];
  });
  await tell('text', async () => gather(counted(0) && new Blob(['häß']).stream().pipeThrough(new TextDecoderStream())));
  await tell('encode', async () => (await gather(new ReadableStream({ start(c) { c.enqueue('a\u{1F600}'.slice(0, 2)); c.enqueue('\u{1F600}'.slice(1)); c.close(); } }).pipeThrough(new TextEncoderStream()))).map((part) => [...part].join()));
  await tell('gzip', async () => {
    const packed = await gather(new Blob(['hello '.repeat(100)]).stream().pipeThrough(new CompressionStream('gzip')));
    const whole = await gather(new Blob(packed).stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(new TextDecoderStream()));
    return whole.join('').length;
  });
  const { Readable } = require('stream');
  await tell('to web', async () => (await gather(Readable.toWeb(Readable.from([Buffer.from('ab'), Buffer.from('c')])))).map((part) => String.fromCharCode(...part)));
  await tell('from web', async () => (await gather(Readable.fromWeb(counted(3), { objectMode: true }))));
  console.log(Object.prototype.toString.call(counted(1)), counted(1), require('stream/web').ReadableStream === ReadableStream);
})();
