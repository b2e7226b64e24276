import base, { a as b, "c d" as e } from "x" with { type: "json" };
import * as all from "y";
export { b as default, e };
export * from "z";
export const [first, { second }] = await all.load(import.meta.url);
export async function* later() { for await (const x of first) yield x; }
