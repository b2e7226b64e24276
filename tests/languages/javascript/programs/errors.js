try { null.foo } catch (e) { console.log(e.message, e instanceof TypeError) }
try { zzz } catch (e) { console.log(e.name, e.message) }
try { early; let early = 1 } catch (e) { console.log(e.name, e.message) }
const k = 1; try { k = 2 } catch (e) { console.log(e.message) }
