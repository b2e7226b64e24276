"""Recording: the interpreter's jitcode is walked, really executing, while each operation is emitted into a trace.

    Recorder(assembly, runtime, parameters)                       recorder.py
        .record_loop(code, pc, stack, base, bottom) -> Outcome     all arguments words; stands at the merge point of (code, pc)
        .record_function(code, stack, base) -> Outcome             at (code, 0), base == bottom
        .record_bridge(parent: Exit, frames: list[Frame], code, pc, stack, base, bottom) -> Outcome
            the guest's memory is already up to date (slots written, virtual objects made); (code, pc, base) are the exit
            snapshot's position with `base` absolute; `frames` (outermost first, with concrete words) are empty where the
            snapshot has none

A recording that is given up in the middle of a guest bytecode is finished by the blackhole (`execute/blackhole.py`). `Outcome` is in outcome.py.
"""
