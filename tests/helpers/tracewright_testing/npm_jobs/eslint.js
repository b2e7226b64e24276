// Lints two texts, and mends one.
const { Linter } = require('eslint');
const l = new Linter();
const code =
  "var foo = 1; if (foo == 2) { console.log('a') }\nlet unused; function f(a){ return a; ; } const x = () => { return }\nvar re=/[/; ";
const code2 =
  "var foo = 1; if (foo == 2) { console.log('a') }\nlet unused; function f(a){ return a; ; } while(true){}; switch(a){case 1: b(); case 2: c()} debugger; x = {a:1,a:2}; async function* g(){ for await(const a of b) yield a }";
for (const c of [code, code2])
  console.log(
    l.verify(
      c,
      {
        rules: {
          eqeqeq: 2,
          'no-unused-vars': 1,
          'no-extra-semi': 2,
          'prefer-const': 1,
          'no-undef': 2,
          'no-debugger': 2,
          'no-dupe-keys': 2,
          'no-fallthrough': 2,
          'no-constant-condition': 2,
          semi: [2, 'always'],
          quotes: [1, 'double'],
          'no-var': 2,
        },
      },
      { filename: 'a.js' },
    ),
  );
console.log(
  l.verifyAndFix(code2, {
    rules: { semi: [2, 'always'], quotes: [1, 'double'], 'no-var': 2, 'no-extra-semi': 2 },
  }),
);
