"""The stages of the two stories, build time and run time, and which folder may import which.

`READING_ORDER` is the life of one guest loop from source text to machine code; `LAYERS` is the import order: a package may
import packages of its own row and of rows above it. `tests/project` holds the imports to it, the README prints it.
"""

from typing import Final

READING_ORDER: Final = (
    ("languages/*", "guest text to guest bytecode, and an interpreter for it in the dialect"),
    ("framework/tracewright/translate/flow", "functions as SSA graphs"),
    ("framework/tracewright/translate/infer", "what type each value has; typed source to graphs"),
    ("framework/tracewright/translate/lower", "dialect constructs to the one operation table"),
    ("framework/tracewright/translate/emit_c", "graphs to C, C to an executable"),
    ("framework/tracewright/translate/jitcode", "the same graphs to jitcode, which the tracer walks"),
    ("framework/tracewright/jit/warm", "counting, and the decision to trace"),
    ("framework/tracewright/jit/record", "walking jitcode, writing a trace"),
    ("framework/tracewright/jit/trace", "the language of traces and its meaning"),
    ("framework/tracewright/jit/optimize", "making a trace shorter"),
    ("framework/tracewright/jit/resume", "leaving a trace: exits and the blackhole"),
    ("framework/tracewright/jit/codegen", "what all machines share: registers, code memory"),
    ("backends/*", "a trace to the bytes of one machine"),
)

# Each row may import its own packages and those of earlier rows.
LAYERS: Final = (
    ("tracewright.core",),
    ("tracewright.hints",),
    ("tracewright.lib", "tracewright.gc"),
    ("tracewright.jit",),
    ("tracewright.translate",),
    ("tracewright_x86_64",),
    ("tracewright_ruff", "tracewright_forth", "tracewright_lox", "tracewright_moth"),
    ("tracewright.tools", "tracewright.command_line", "tracewright.stages", "tracewright.__main__", "tracewright"),
    ("tracewright_tutorial", "tracewright_cookbook"),  # they also measure and show, with the tools
)
