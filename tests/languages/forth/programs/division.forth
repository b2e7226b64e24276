\ Rounded down, also where a trace knows that the divisor is a power of two.
: eights ( -- n ) 0 100 0 do i 50 - 8 / 1000 * + i 50 - 8 mod + loop ;
: ones ( -- n ) 0 100 0 do i 50 - 1 / 3 * + i 50 - 1 mod + loop ;
: negative-fours ( -- n ) 0 100 0 do i 50 - -4 / 1000 * + i 50 - -4 mod + loop ;
: sevens ( -- n ) 0 100 0 do i 50 - 7 / 1000 * + i 50 - 7 mod + loop ;
eights . ones . negative-fours . sevens . cr
\ expect: -49650 -150 -25150 -49700 
