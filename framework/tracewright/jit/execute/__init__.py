"""Jitcode executed for real, one operation after the other, on words: what the recorder does while it writes, and the blackhole without writing.

    Blackhole(assembly, runtime, FreeFrames())                    blackhole.py
        .run(frames: list[Frame]) -> GuestState                   finishes the bytecode; a pending exception is raised in the
                                                                  innermost frame. Frame(jitcode, position, result_register)
                                                                  and its `words` come from the FrameSnapshots

`NativeRuntime(threshold)` (runtime.py) is the Runtime of a translated program; `GuestState` is in guest_state.py.
"""
