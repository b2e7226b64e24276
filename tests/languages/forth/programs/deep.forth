: deep ( n -- n ) 1+ recurse ;
0 deep .
\ expect-error: deep.forth:1: too many words inside each other
\ exit: 1
