// Checks of data.
const { z } = require('zod');
const S = z.object({
  name: z.string().min(2),
  age: z.number().int().positive().optional(),
  tags: z.array(z.enum(['a', 'b'])).default([]),
  u: z.union([z.string(), z.number()]),
});
console.log(S.parse({ name: 'xy', u: 5 }));
const r = S.safeParse({ name: 'x', age: -1, tags: ['c'], u: null });
console.log(r.success, JSON.stringify(r.error.issues, null, 1));
console.log(
  z
    .string()
    .transform((s) => s.length)
    .parse('abc'),
);
