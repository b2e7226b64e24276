: countdown ( n -- ) begin dup . 1- dup 0= until drop ;
5 countdown 3 countdown cr
." on" cr
\ expect: 5 4 3 2 1 3 2 1 
\ expect: on
