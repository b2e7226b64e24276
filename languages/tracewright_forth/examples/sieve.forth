\ Counts the primes below 250000, and adds them up: twenty times, in one table.
250000 constant size
size array flags
variable sum

: clear ( -- )  size 0 do 0 flags i + ! loop ;
: strike ( p -- )  dup dup * begin dup size < while 1 over flags + ! over + repeat 2drop ;
: sieve ( -- count )
  clear  0 sum !
  0 size 2 do
    i flags + @ 0= if
      i 500 < if i strike then
      i sum +!
      1+
    then
  loop ;
: rounds ( n -- count )  0 swap 0 do drop sieve loop ;

20 rounds . sum @ . cr
\ expect: 22044 2623031151 
