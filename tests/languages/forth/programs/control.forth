: sign ( n -- s ) dup 0< if drop -1 else 0= if 0 else 1 then then ;
: countdown ( n -- ) begin dup . 1- dup 0= until drop ;
: odd-sum ( n -- sum ) 0 swap 0 do i 2 mod if i + then loop ;
: table ( n -- ) dup 0 do dup 0 do i j * . loop cr loop drop ;
: first-over ( limit -- n ) 0 begin 2dup <= if nip exit then 1+ dup 100 > if nip exit then again ;
: evens ( n -- ) 0 do i . 2 +loop ;
-5 sign . 0 sign . 9 sign . cr
5 countdown cr
50 odd-sum . cr
4 table
17 first-over . 500 first-over . cr
10 evens cr
." done" cr
\ expect: -1 0 1 
\ expect: 5 4 3 2 1 
\ expect: 625 
\ expect: 0 0 0 0 
\ expect: 0 1 2 3 
\ expect: 0 2 4 6 
\ expect: 0 3 6 9 
\ expect: 17 101 
\ expect: 0 2 4 6 8 
\ expect: done
