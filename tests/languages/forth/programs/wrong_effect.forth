: pair ( a -- b c )
  1+ ;
\ expect-error: line 2: pair leaves 1 items here, not 2
\ exit: 1
