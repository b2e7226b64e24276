// A timer's time counts from when it is made: computing before, or loading a program, does not use it up; and immediates do not wait for timers.
function busy(milliseconds) {
  const end = Date.now() + milliseconds;
  while (Date.now() < end);
}

busy(30);
setTimeout(() => console.log('200 ms, behind the immediates'), 200);
setImmediate(() => {
  console.log('immediate');
  setImmediate(() => console.log('immediate of an immediate'));
});
setTimeout(() => {
  busy(30);
  setTimeout(() => console.log('200 ms, made after 30 busy ones'), 200);
  setImmediate(() => console.log('immediate of a timer'));
}, 500);
setTimeout(() => console.log('fraction'), 1000.7);
setTimeout(() => console.log('the longer one'), 1300);
setTimeout(() => console.log('the shorter one'), 1200);
