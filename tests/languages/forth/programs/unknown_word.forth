1 2 plus
\ expect-error: line 1: 'plus' is not defined
\ exit: 1
