'use strict';
// Channels that libraries publish on, for whoever subscribes.

const channels = new Map();

class Channel {
  constructor(name) {
    this.name = name;
    this._subscribers = [];
  }
  get hasSubscribers() {
    return this._subscribers.length > 0;
  }
  subscribe(subscriber) {
    if (typeof subscriber !== 'function') throw new TypeError('The "subscription" argument must be of type function');
    this._subscribers = [...this._subscribers, subscriber];
  }
  unsubscribe(subscriber) {
    const index = this._subscribers.indexOf(subscriber);
    if (index < 0) return false;
    this._subscribers = this._subscribers.toSpliced(index, 1);
    return true;
  }
  publish(message) {
    for (const subscriber of this._subscribers) {
      try {
        subscriber(message, this.name);
      } catch (error) {
        process.nextTick(() => {
          throw error;
        });
      }
    }
  }
}

function channel(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new TypeError('The "channel" argument must be one of type string or symbol');
  }
  let found = channels.get(name);
  if (found === undefined) channels.set(name, (found = new Channel(name)));
  return found;
}

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

class TracingChannel {
  constructor(nameOrChannels) {
    for (const event of EVENTS) {
      this[event] = typeof nameOrChannels === 'string' ? channel(`tracing:${nameOrChannels}:${event}`) : nameOrChannels[event];
    }
  }
  subscribe(handlers) {
    for (const event of EVENTS) if (handlers[event]) this[event].subscribe(handlers[event]);
  }
  unsubscribe(handlers) {
    return EVENTS.every((event) => !handlers[event] || this[event].unsubscribe(handlers[event]));
  }
  traceSync(run, context = {}, thisArgument, ...given) {
    this.start.publish(context);
    try {
      context.result = Reflect.apply(run, thisArgument, given);
      return context.result;
    } catch (error) {
      context.error = error;
      this.error.publish(context);
      throw error;
    } finally {
      this.end.publish(context);
    }
  }
  tracePromise(run, context = {}, thisArgument, ...given) {
    const settle = (name, value) => {
      context[name] = value;
      if (name === 'error') this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    return this.traceSync(() => {
      const promise = Promise.resolve(Reflect.apply(run, thisArgument, given));
      return promise.then(
        (value) => {
          settle('result', value);
          return value;
        },
        (error) => {
          settle('error', error);
          throw error;
        },
      );
    }, context);
  }
}

module.exports = {
  channel,
  Channel,
  hasSubscribers: (name) => channels.get(name)?.hasSubscribers ?? false,
  subscribe: (name, subscriber) => channel(name).subscribe(subscriber),
  unsubscribe: (name, subscriber) => channel(name).unsubscribe(subscriber),
  tracingChannel: (nameOrChannels) => new TracingChannel(nameOrChannels),
};
