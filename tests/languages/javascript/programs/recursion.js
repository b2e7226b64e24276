function deep(n) { return n ? deep(n - 1) + 1 : 0 } console.log(deep(10000)); try { (function f() { f() })() } catch (e) { console.log(e.message) }
