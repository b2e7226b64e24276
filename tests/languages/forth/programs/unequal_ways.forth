: odd ( a -- b ) dup 0= if 1 then ;
\ expect-error: unequal_ways.forth:1:30: one way comes here with 1 items on the stack, the other with 2
\ exit: 1
