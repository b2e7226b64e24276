// Members of all kinds.
class Derived extends (a, Base) {
  constructor(x) { super(x); new.target; }
  static #count = 0n;
  'quoted' = super.quoted;
  [computed] = () => this;
  get value() { return this.#secret; }
  set value(v) { }
  static async *stream() { yield* await super.stream(); }
  #secret() { return #count in Derived; }
  static { this.ready = true; }
}
