// Combines observables.
const {
  of,
  from,
  range,
  interval,
  Subject,
  merge,
  combineLatest,
  zip,
  throwError,
  timer,
  ReplaySubject,
  BehaviorSubject,
} = require('rxjs');
const o = require('rxjs/operators');
range(1, 10)
  .pipe(
    o.filter((x) => x % 2),
    o.map((x) => x * x),
    o.scan((a, b) => a + b, 0),
    o.toArray(),
  )
  .subscribe((x) => console.log(x));
zip(of(1, 2, 3), from('abc')).subscribe(
  (x) => console.log(x),
  null,
  () => console.log('done'),
);
interval(5)
  .pipe(
    o.take(3),
    o.mergeMap((x) => of(x, x * 10).pipe(o.delay(2))),
  )
  .subscribe({ next: (x) => console.log('i', x), complete: () => console.log('ic') });
throwError(() => new Error('boom'))
  .pipe(
    o.retry(2),
    o.catchError((e) => of(e.message)),
  )
  .subscribe(console.log);
const s = new BehaviorSubject(0);
s.pipe(o.distinctUntilChanged(), o.bufferCount(2)).subscribe((x) => console.log('b', x));
[1, 1, 2, 3, 3].forEach((x) => s.next(x));
combineLatest([of(1), of(2, 3)]).subscribe(console.log);
from(Promise.resolve(7))
  .pipe(o.switchMap((x) => timer(1).pipe(o.mapTo(x))))
  .subscribe(console.log);
of(1, 2, 3, 4)
  .pipe(
    o.groupBy((x) => x % 2),
    o.mergeMap((g) =>
      g.pipe(
        o.reduce((a, b) => a + b),
        o.map((v) => [g.key, v]),
      ),
    ),
  )
  .subscribe(console.log);
