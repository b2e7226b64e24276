: halves ( n -- )
  0 do 10 3 i - /
    drop loop ;
0 drop 40 halves
\ expect-error: division_by_zero.forth:2: division by zero
\ exit: 1
