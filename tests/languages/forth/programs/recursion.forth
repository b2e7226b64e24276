: fib ( n -- f ) dup 2 < if exit then dup 1- recurse swap 2 - recurse + ;
: gcd ( a b -- g ) dup 0= if drop exit then swap over mod recurse ;
: many ( n -- sum ) 0 swap 0 do i 20 mod fib + loop ;
15 fib . 1071 462 gcd . 60 many . cr
\ expect: 610 21 32835 
