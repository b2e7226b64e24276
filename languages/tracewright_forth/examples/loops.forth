\ Counts the primes below 2000000 and adds them up; a checksum; the longest Collatz sequence.
2000000 constant size
size array flags
variable sum

: strike ( p -- )  dup dup * begin dup size < while 1 over flags + ! over + repeat 2drop ;
: sieve ( -- count )
  0 sum !
  0 size 2 do
    i flags + @ 0= if
      i 2000 < if i strike then
      i sum +!
      1+
    then
  loop ;

: collatz ( n -- steps )  0 swap begin dup 1 <> while dup 2 mod if 3 * 1+ else 2 / then swap 1+ swap repeat drop ;
: longest ( limit -- n )  0 0 rot 1 do i collatz 2dup < if nip nip i swap else drop then loop drop ;

: checksum ( n -- sum )  0 swap 0 do i dup * 7 + 1023 and i 3 and xor + loop ;

sieve . sum @ . cr
20000000 checksum . cr
30000 longest . cr
\ expect: 148933 142913828922 
\ expect: 9380000000 
\ expect: 26623 
