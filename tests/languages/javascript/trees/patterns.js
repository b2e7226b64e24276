// The same text as expression, assignment pattern, and parameters.
[a, b = 1, ...[c]];
[a, b = 1, ...[c]] = d;
([a, b = 1, ...[c]]) => d;
({ a, b: c = 2, [d]: e.f, ...g } = h);
async ({ a, b: { c } = {} }, ...d) => ({ a });
let [{ x, 'y': z = x }, , ...rest] = list;
