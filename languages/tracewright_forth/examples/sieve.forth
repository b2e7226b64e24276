\ Counts the primes below 5000000, and adds them up.
5000000 constant size
size array flags
variable sum

: strike ( p -- )  dup dup * begin dup size < while 1 over flags + ! over + repeat 2drop ;
: sieve ( -- count )
  0 sum !
  0 size 2 do
    i flags + @ 0= if
      i 3000 < if i strike then
      i sum +!
      1+
    then
  loop ;

sieve . sum @ . cr
\ expect: 348513 838596693108 
