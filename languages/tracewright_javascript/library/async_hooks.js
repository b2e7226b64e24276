'use strict';
// Contexts that follow what is scheduled: a map from storages to stores, which is never changed, only replaced.

function within(context, run, thisArgument, given) {
  const before = host.asyncContext();
  host.setAsyncContext(context);
  try {
    return Reflect.apply(run, thisArgument, given);
  } finally {
    host.setAsyncContext(before);
  }
}

class AsyncLocalStorage {
  static bind(run) {
    return AsyncResource.bind(run);
  }
  static snapshot() {
    const context = host.asyncContext();
    return (run, ...given) => within(context, run, undefined, given);
  }
  run(store, run, ...given) {
    return within(new Map(host.asyncContext()).set(this, store), run, undefined, given);
  }
  exit(run, ...given) {
    const context = new Map(host.asyncContext());
    context.delete(this);
    return within(context, run, undefined, given);
  }
  enterWith(store) {
    host.setAsyncContext(new Map(host.asyncContext()).set(this, store));
  }
  getStore() {
    return host.asyncContext()?.get(this);
  }
  disable() {
    const context = new Map(host.asyncContext());
    context.delete(this);
    host.setAsyncContext(context);
  }
}

let resources = 1;

class AsyncResource {
  #context = host.asyncContext();
  #id = ++resources;
  constructor(type) {
    if (typeof type !== 'string') throw new TypeError('The "type" argument must be of type string');
    this.type = type;
  }
  static bind(run, type, thisArgument) {
    return new AsyncResource(type || run.name || 'bound-anonymous-fn').bind(run, thisArgument);
  }
  bind(run, thisArgument) {
    const resource = this;
    const bound = function (...given) {
      return resource.runInAsyncScope(run, thisArgument === undefined ? this : thisArgument, ...given);
    };
    Object.defineProperty(bound, 'length', { value: run.length, configurable: true });
    return bound;
  }
  runInAsyncScope(run, thisArgument, ...given) {
    return within(this.#context, run, thisArgument, given);
  }
  emitDestroy() {
    return this;
  }
  asyncId() {
    return this.#id;
  }
  triggerAsyncId() {
    return 1;
  }
}

// Hooks are never called: what they would be told about resources is not kept.
function createHook() {
  const hook = { enable: () => hook, disable: () => hook };
  return hook;
}

module.exports = {
  AsyncLocalStorage,
  AsyncResource,
  createHook,
  executionAsyncId: () => 1,
  executionAsyncResource: () => ({}),
  triggerAsyncId: () => 0,
};
