: never ( -- )
  1 until ;
\ expect-error: missing_begin.forth:2:5: 'begin' is missing before this
\ exit: 1
