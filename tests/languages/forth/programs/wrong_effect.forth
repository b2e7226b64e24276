: pair ( a -- b c )
  1+ ;
\ expect-error: wrong_effect.forth:2:6: pair leaves 1 items here, not 2
\ exit: 1
