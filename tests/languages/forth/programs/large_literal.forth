549755813887 .
549755813888 .
\ expect-error: line 2: 549755813888 is too large
\ exit: 1
