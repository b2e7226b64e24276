"use strict";
outer: for (const key in object) { if (key) continue outer; else if (b) break; else ; }
do { x++ } while (x < 10)
try { risky() } catch { recover() } finally { close() }
switch (x) { case 1: case 2: f(); break; default: g() }
for (;;) debugger
