// What errors tell about the calls that led to them; paths and what stands below the file's own frames are cut off.
function calls(error) {
  const lines = [];
  for (const line of String(error.stack).split('\n')) {
    if (line.includes('node:') || /^    at (Object\.<anonymous> )?\(?\S*stack_traces\.js/.test(line)) continue;
    lines.push(line.replace(/\(?\/\S*\//, '').replace(')', ''));
  }
  return lines.join('\n');
}
function report(f) {
  try {
    const made = f();
    console.log(calls(made));
  } catch (error) {
    console.log(calls(error));
  }
}

function reader() {
  null.x;
}
class Point {
  constructor(x) {
    if (x) unknownFunction(1);
  }
  norm() {
    return this.k.z;
  }
  static make() {
    return new Point().norm();
  }
}
const shape = {
  area() {
    throw new TypeError('no area');
  },
  none: undefined,
  list: [() => 1],
};
report(reader);
report(function outer() {
  return reader();
});
report(function outer() {
  return new Point().norm();
});
report(function outer() {
  return new Point(1);
});
report(function outer() {
  return shape.area();
});
report(function outer() {
  return shape.none();
});
report(function outer() {
  return shape.list[3]();
});
report(function outer() {
  return new shape.none();
});
report(function outer() {
  shape.none.deep = 1;
});
report(function outer() {
  return new Error('made here');
});
report(function outer() {
  return reader.call(7);
});

// Errors of classes of the program: the constructor itself is left out.
class Problem extends Error {
  constructor(message) {
    super(message);
    this.name = 'Problem';
  }
}
report(function outer() {
  throw new Problem('own class');
});
report(function outer() {
  return Problem.captureStackTrace;
});

// captureStackTrace, limits, what is written over it
function helper() {
  const thing = { name: 'Thing', message: 'captured' };
  Error.captureStackTrace(thing, helper);
  return thing;
}
report(function outer() {
  return helper();
});
Error.stackTraceLimit = 1;
report(function outer() {
  return (function inner() {
    return new Error('one');
  })();
});
Error.stackTraceLimit = 0;
console.log(new Error('none').stack);
Error.stackTraceLimit = 10;
const own = new Error('x');
own.stack = 'mine';
console.log(own.stack, Object.keys(own).length, delete own.stack, own.stack);

// Deep recursion ends in a RangeError, with as many calls as the limit says.
function forever(n) {
  return forever(n + 1) + 1;
}
try {
  forever(0);
} catch (error) {
  console.log(error instanceof RangeError, error.message, error.stack.split('\n').length);
}

// A trace goes on below native code, once the error has passed it.
function viaNative() {
  return JSON.stringify({
    toJSON() {
      throw new Error('inside');
    },
  });
}
try {
  viaNative();
} catch (error) {
  console.log(error.stack.includes('at Object.toJSON'), error.stack.includes('at viaNative'));
}

// prepareStackTrace
Error.prepareStackTrace = (error, sites) =>
  sites.map((site) => `${site.getFunctionName()}:${site.getLineNumber()}:${site.getColumnNumber()}`);
function prepared() {
  return new Error('p').stack;
}
console.log(prepared()[0], typeof prepared()[0]);
Error.prepareStackTrace = undefined;

// In a hot loop each error has its own place, in every tier.
function thrower(i) {
  if (i % 3 === 0) throw new Error('three');
  return i;
}
let lines = new Set();
for (let i = 0; i < 300; i++) {
  try {
    thrower(i);
  } catch (error) {
    lines.add(error.stack.split('\n')[1].replace(/.*\//, ''));
  }
}
console.log([...lines].join());

// Made in functions that are machine code by then, and returned.
function maker(n) {
  return n > 0 ? maker(n - 1) : new Error('x');
}
const depths = new Set();
for (let i = 0; i < 1200; i++) depths.add(calls(maker((i % 3) + 3)).split('\n').length - (i % 3));
console.log([...depths]);
