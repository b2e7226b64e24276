\ Arithmetic in a counted loop.
: checksum ( n -- sum )  0 swap 0 do i dup * 7 + 1023 and i 3 and xor + loop ;
30000000 checksum . cr
\ expect: 14070002048 
