1 2 plus
\ expect-error: unknown_word.forth:1:5: 'plus' is not defined
\ exit: 1
