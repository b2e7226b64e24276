"""Regular expressions: pattern text to tree (JavaScript's syntax), tree to program, and the matcher that runs it.

`parser` is a front end; what other languages have besides (possessive loops, atomic groups, Python's `$`) is in the tree, the compiler and the matcher.
The matcher is no loop that traces see: a program has one merge point, that of its interpreter.
"""
