: add3 ( a b ) + 3 + ;
\ expect-error: missing_effect.forth:1:8: add3 needs its effect, such as ( a b -- c ), behind its name
\ exit: 1
