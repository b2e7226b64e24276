"""The stages of the two stories, build time and run time, and which folder may import which.

`READING_ORDER` is the life of one guest loop from source text to machine code; the README prints it. `LAYERS` is the import order
of all folders: a package may import itself and packages of earlier rows, nothing else, so no two packages can import each other.
The orders differ: the recorder is read before the trace language that it writes. `tests/project/test_layering.py` holds the imports to `LAYERS`.
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
    ("framework/tracewright/jit/execute", "walking jitcode for real: operations on words, the blackhole"),
    ("framework/tracewright/jit/record", "walking jitcode, writing a trace"),
    ("framework/tracewright/jit/trace", "the language of traces and its meaning"),
    ("framework/tracewright/jit/optimize", "making a trace shorter"),
    ("framework/tracewright/jit/resume", "leaving a trace: what exits write, and how the guest goes on"),
    ("framework/tracewright/jit/codegen", "what all machines share: registers, code memory"),
    ("backends/*", "a trace to the bytes of one machine"),
)

# A package covers the modules of its own folder that are not listed by themselves, a backend or language also the folders below its own.
LAYERS: Final = (
    ("tracewright.core",),
    ("tracewright.hints", "tracewright.stages"),
    ("tracewright.lib", "tracewright.gc"),
    ("tracewright.lib.elementary", "tracewright.lib.regular_expressions"),
    # The JIT, bottom up.
    ("tracewright.jit.tables",),
    ("tracewright.jit.trace",),
    ("tracewright.jit.optimize", "tracewright.jit.codegen", "tracewright.jit.execute"),
    ("tracewright.jit.record",),
    ("tracewright.jit.warm",),
    ("tracewright.jit.resume",),
    ("tracewright.jit",),  # `control`: what a language's command asks of it
    ("tracewright.guest",),
    # Machine code.
    (
        "tracewright_x86_64",
        "tracewright_aarch64",
        "tracewright_riscv64",
    ),
    # The translator.
    ("tracewright.translate.flow",),
    ("tracewright.translate.lower",),
    ("tracewright.translate.infer",),
    ("tracewright.translate.kept", "tracewright.translate.emit_c", "tracewright.translate.jitcode"),
    ("tracewright.translate",),
    (
        "tracewright_ruff",
        "tracewright_javascript",
        "tracewright_python",
        "tracewright_forth",
        "tracewright_lox",
        "tracewright_moth",
    ),
    ("tracewright.runtime", "tracewright.tools"),
    ("tracewright",),  # the command, and `tracewright.load`
    ("tracewright_tutorial", "tracewright_cookbook"),  # they also measure and show, with the tools
)
