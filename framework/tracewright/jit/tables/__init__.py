"""What every part of the JIT knows from the beginning: the interpreter as the translator hands it over (jitcode, functions, classes,
fields), the knobs, the states of a JIT cell, and the reasons for which a recording is given up."""
