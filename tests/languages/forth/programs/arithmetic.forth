7 3 + . 7 3 - . 7 3 * . 7 3 / . -7 3 / . 7 3 mod . cr
1 2 < . 2 1 < . 2 2 <= . 1 2 >= . 3 3 = . 3 4 <> . 0 0= . cr
12 10 and . 12 10 or . 12 10 xor . 5 negate . true . cr
1 2 swap . . 1 2 over . . . 1 2 3 rot . . . 1 2 nip . 1 2 tuck . . . cr
\ expect: 10 4 21 2 -3 1 
\ expect: -1 0 -1 0 -1 -1 -1 
\ expect: 8 14 6 -5 -1 
\ expect: 1 2 1 2 1 1 3 2 2 2 1 2 
