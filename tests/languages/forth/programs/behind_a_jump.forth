\ What follows `exit` or `again` never runs, and may say anything about the stack.
: chosen ( n -- m ) if 5 exit else 6 exit then + drop drop ;
: after ( -- n ) begin 9 exit again * begin 7 until ;
: spread ( a
           b -- c ) ( an effect and a comment
  on several lines ) - ;
: chosen-again ( n -- m ) chosen ;
: chosen ( n -- m ) drop 1 ;  \ what was compiled before keeps the old meaning
1 chosen-again . 0 chosen-again . 0 chosen . after . 7 3 spread . cr
\ expect: 5 6 1 9 4 
