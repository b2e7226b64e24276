549755813887 .
549755813888 .
\ expect-error: large_literal.forth:2:1: 549755813888 is too large
\ exit: 1
