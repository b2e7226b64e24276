\ The longest Collatz sequence that begins below 200000: words that call words, and choices that nobody foresees.
: collatz ( n -- steps )  0 swap begin dup 1 <> while dup 2 mod if 3 * 1+ else 2 / then swap 1+ swap repeat drop ;
: longest ( limit -- n )  0 0 rot 1 do i collatz 2dup < if nip nip i swap else drop then loop drop ;
200000 longest . cr
\ expect: 156159 
