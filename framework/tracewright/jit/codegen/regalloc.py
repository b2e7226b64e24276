"""Register allocation, shared by all machines: one forward walk over the trace, with liveness known beforehand.

Forward and not reverse, because bridges, exits and calls pin values at their *start* (a bridge's inputs are where its parent left them),
and because the location of a loop's carried values is then simply wherever they are when LABEL is reached: their next
values are steered to the same registers (`hint`), so that the moves at JUMP mostly vanish. Liveness costs one cheap pass backward.

Rules:
- A value is in a register, in a spill slot, or in both. It is stored to its slot once, when it is first evicted (refs never change).
- Evicted is the value whose next operand use is farthest away; uses by exits do not count, an exit reads slots as well.
- LABEL fixes one location for each live value; JUMP restores all of them by one parallel move.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.kinds import FLOAT
from tracewright.core.operation_tables import RESULT
from tracewright.jit.codegen.liveness import NEVER, Liveness
from tracewright.jit.codegen.locations import (
    FRAME_WORDS,
    LOCATION_CONSTANT,
    LOCATION_NONE,
    SPILL_SLOTS,
    RegisterFile,
    TooManySpills,
)
from tracewright.jit.codegen.parallel_moves import Mover, ParallelMoves
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.trace import Trace
from tracewright.jit.trace.workspace import Workspace

FREE: Final = -1  # a register without a value
TEMPORARY: Final = -2  # in use by the current instruction only

_FAR: Final = 1 << 40


@final
class Allocator:
    """The places of all live values at the current instruction."""

    def __init__(
        self, trace: Trace, liveness: Liveness, registers: RegisterFile, mover: Mover, workspace: Workspace
    ) -> None:
        count = len(trace.operations)
        self.trace = trace
        self.liveness = liveness
        self.registers = registers
        self.mover = mover
        self.current = 0
        self.register_of: Array[int] = workspace.numbers(count, LOCATION_NONE)
        self.slot_of: Array[int] = workspace.numbers(count, LOCATION_NONE)
        self.holder: Array[int] = workspace.numbers(registers.count, FREE)
        self.slot_holder: Array[int] = workspace.numbers(
            FRAME_WORDS, FREE
        )  # behind the spill slots: what every native frame holds
        self.locked = 0  # registers that the current instruction uses, as bits
        self.temporaries = 0  # those of them that hold no value
        self.hint: Array[int] = workspace.numbers(count, LOCATION_NONE)
        self.avoided = 0  # registers that a carried value's next version will want
        self.label_refs: list[int] = []
        self.label_locations: list[int] = []
        self.kept_refs: list[int] = []
        self.kept_locations: list[int] = []
        self.carried_locations: list[
            int
        ] = []  # of LABEL's operands, in order; LOCATION_NONE where the body does not use it
        self.spill_count = 0

    # --- one instruction ---
    def begin(self, i: int) -> None:
        """Instruction i starts."""
        self.current = i
        self.locked = 0

    def finish(self) -> None:
        """The current instruction is complete: temporaries and values used for the last time are gone."""
        if self.temporaries != 0:
            for register in range(self.registers.count):
                if self.temporaries >> register & 1 != 0 and self.holder[register] == TEMPORARY:
                    self.holder[register] = FREE
            self.temporaries = 0
        ref = self.liveness.first_dying[self.current]
        while ref != NEVER:
            self.release(ref)
            ref = self.liveness.next_dying[ref]

    def release(self, ref: int) -> None:
        """The value is not needed any more."""
        if self.register_of[ref] != LOCATION_NONE:
            if self.holder[self.register_of[ref]] == ref:
                self.holder[self.register_of[ref]] = FREE
            self.register_of[ref] = LOCATION_NONE
        self._release_slot(ref)

    def lock(self, register: int) -> None:
        """The register keeps its content until the instruction is finished."""
        self.locked |= 1 << register

    def dies_here(self, ref: int) -> bool:
        """Whether the current instruction is the last to use the value."""
        return ref >= 0 and self.liveness.last_use[ref] <= self.current

    # --- where values are ---
    def location(self, ref: int) -> int:
        """A register if the value is in one, else its slot; a constant's location for constants."""
        if ref < 0:
            return LOCATION_CONSTANT + ~ref
        register = self.register_of[ref]
        return register if register != LOCATION_NONE else self.slot_of[ref]

    def is_float(self, ref: int) -> bool:
        if ref < 0:
            return self.trace.constant_kinds[~ref] == FLOAT
        return RESULT[self.trace.operations[ref]] == FLOAT

    def operand(self, ref: int) -> int:
        """A register that holds the value, locked for this instruction. Constants get a temporary."""
        if ref < 0:
            register = self.temporary(self.is_float(ref))
            self.mover.load_constant(register, LOCATION_CONSTANT + ~ref)
            return register
        register = self.register_of[ref]
        if register == LOCATION_NONE:
            register = self._choose(self._order_for(ref), 0, self.hint[ref])
            self.mover.move(register, self.slot_of[ref])
            self._put(ref, register)
        self.lock(register)
        return register

    def operand_or_slot(self, ref: int) -> int:
        """As `operand`, for instructions that can also read the slot or constant: brings a value into a register only if
        one is free and the value is used again."""
        if ref < 0:
            return LOCATION_CONSTANT + ~ref
        if self.register_of[ref] == LOCATION_NONE:
            if self.next_operand_use(ref, self.current + 1) >= _FAR or not self._has_free(self.is_float(ref)):
                return self.slot_of[ref]
        return self.operand(ref)

    def temporary(self, of_floats: bool) -> int:
        """A register for the current instruction only."""
        order = self.registers.short_lived_floats if of_floats else self.registers.short_lived
        register = self._choose(order, 0, LOCATION_NONE)
        self._take(register)
        return register

    # --- results ---
    def result(self, ref: int, reused: int, forbidden: int) -> int:
        """A locked register for the result of the current instruction, not among `forbidden` (bits).

        `reused` is an operand, or NEVER: its register may become the result's if the value dies here. Nothing is recorded
        before `define`, so exits still find the operand until then.
        """
        wanted = self.hint[ref]
        old = self.register_of[reused] if reused >= 0 and self.dies_here(reused) else LOCATION_NONE
        if old != LOCATION_NONE and (forbidden >> old & 1 != 0 or self.registers.is_float(old) != self.is_float(ref)):
            old = LOCATION_NONE
        if old != LOCATION_NONE and (wanted == LOCATION_NONE or wanted == old or self.holder[wanted] != FREE):
            self.lock(old)
            return old
        register = self._choose(self._order_for(ref), forbidden, wanted)
        self._take(register)
        return register

    def define(self, ref: int, register: int) -> None:
        """The result is now in the register; whatever was there is not."""
        previous = self.holder[register]
        if previous >= 0 and previous != ref:
            self.register_of[previous] = LOCATION_NONE
        self._put(ref, register)

    def define_in_frame(self, ref: int, location: int) -> None:
        """The result is a word that every native frame holds: it has a slot from the start, and needs a register only where it is used."""
        self.slot_of[ref] = location
        self.slot_holder[location - self.registers.first_slot] = ref

    def claim(self, register: int) -> None:
        """Free this very register and lock it; a value in it goes to another register or to its slot."""
        if self.holder[register] >= 0:
            self.locked |= 1 << register
            self._relocate(register)
        self._take(register)

    # --- calls ---
    def save_across_call(self, clobbered: int) -> None:
        """Values in clobbered registers that are needed after the current instruction get another place as well.

        They can still be read from their registers until `clobber`.
        """
        for register in range(self.registers.count):
            ref = self.holder[register]
            if ref < 0 or clobbered >> register & 1 == 0 or self.liveness.last_use[ref] <= self.current:
                continue
            if self.slot_of[ref] == LOCATION_NONE and not self._move_to_callee_saved(ref, register, clobbered):
                self._store(ref)

    def clobber(self, clobbered: int) -> None:
        """The registers have lost their content."""
        for register in range(self.registers.count):
            if clobbered >> register & 1 != 0:
                ref = self.holder[register]
                if ref >= 0:
                    self.register_of[ref] = LOCATION_NONE
                self.holder[register] = FREE

    def _callee_saved(self, register: int) -> list[int]:
        """The registers of this one's kind that calls keep."""
        registers = self.registers
        return registers.callee_saved_floats if registers.is_float(register) else registers.callee_saved

    def _move_to_callee_saved(self, ref: int, register: int, clobbered: int) -> bool:
        if self.next_operand_use(ref, self.current + 1) >= _FAR:
            return False
        for other in self._callee_saved(register):
            if self.holder[other] == FREE and clobbered >> other & 1 == 0 and self.locked >> other & 1 == 0:
                self.mover.move(other, register)
                self.holder[register] = FREE
                self._put(ref, other)
                return True
        return False

    # --- loops and bridges ---
    def enter_bridge(self, ref: int, location: int) -> None:
        """A bridge's input is where its parent's exit left it."""
        if self.registers.is_register(location):
            assert self.holder[location] == FREE, "two inputs of a bridge name one value of the exit"
            self._put(ref, location)
        elif self.registers.is_slot(location):
            self.slot_of[ref] = location
            self.slot_holder[location - self.registers.first_slot] = ref

    def label(self, carried: list[int], next_values: list[int]) -> None:
        """LABEL: settle where each live value is at the head of every turn."""
        label = self.current
        self._settle(carried)
        for ref in carried:
            used = self.liveness.last_use[ref] > label
            self.carried_locations.append(self.location(ref) if used else LOCATION_NONE)
            if used and self.register_of[ref] != LOCATION_NONE:
                self._release_slot(ref)  # JUMP will renew only the register
        for ref in range(label):
            if self.liveness.last_use[ref] > label and ref not in carried and self.location(ref) != LOCATION_NONE:
                self.label_refs.append(ref)
                self.label_locations.append(self.location(ref))
                self._keep(ref)
        for k in range(len(carried)):
            location = self.carried_locations[k]
            if (
                next_values[k] > label
                and self.registers.is_register(location)
                and self.hint[next_values[k]] == LOCATION_NONE
            ):
                self.hint[next_values[k]] = location
                self.avoided |= 1 << location

    def publish_label(self, compiled: CompiledTrace) -> None:
        """Tell those who come to LABEL from elsewhere where things are."""
        compiled.carried_locations = self.carried_locations
        compiled.kept_refs = self.kept_refs
        compiled.kept_locations = self.kept_locations

    def _keep(self, ref: int) -> None:
        """Who enters at LABEL from elsewhere must fill the register and the slot: the body evicts without storing what has a slot."""
        for location in (self.register_of[ref], self.slot_of[ref]):
            if location != LOCATION_NONE:
                self.kept_refs.append(ref)
                self.kept_locations.append(location)

    def _settle(self, carried: list[int]) -> None:
        """Before the loop: into registers what the body reads and has room; invariants that calls would push out, into slots."""
        label = self.current
        for ref in range(label):
            if self.liveness.last_use[ref] <= label or self.location(ref) == LOCATION_NONE:
                continue
            register = self.register_of[ref]
            if register == LOCATION_NONE:
                if self.next_operand_use(ref, label) < _FAR and self._has_free(self.is_float(ref)):
                    self.locked = 0
                    self.operand(ref)
            elif self.liveness.crosses_call[ref] and register not in self._callee_saved(register):
                if self.slot_of[ref] == LOCATION_NONE and not self._move_to_callee_saved(ref, register, 0):
                    if ref not in carried:
                        self._store(ref)
                if self.slot_of[ref] != LOCATION_NONE and self.register_of[ref] == register and ref not in carried:
                    self.holder[register] = FREE
                    self.register_of[ref] = LOCATION_NONE
        self.locked = 0

    def jump(self, next_values: list[int]) -> ParallelMoves:
        """JUMP: the moves that bring everything back to where LABEL had it."""
        moves = ParallelMoves()
        for k in range(len(next_values)):
            if self.carried_locations[k] != LOCATION_NONE:
                moves.add(self.carried_locations[k], self.location(next_values[k]))
        for k in range(len(self.label_refs)):
            ref = self.label_refs[k]
            wanted = self.label_locations[k]
            if wanted != self.register_of[ref] and wanted != self.slot_of[ref]:
                moves.add(wanted, self.location(ref))
        return moves

    def enter_label(self, loop: CompiledTrace, values: list[int]) -> ParallelMoves:
        """ENTER_LABEL: the moves that bring everything to where the loop has it at its LABEL."""
        moves = ParallelMoves()
        carried = len(loop.carried_locations)
        for k in range(len(values)):
            target = loop.carried_locations[k] if k < carried else loop.kept_locations[k - carried]
            if target != LOCATION_NONE and (values[k] < 0 or not self._is_there(values[k], target)):
                moves.add(target, self.location(values[k]))
        return moves

    def _is_there(self, ref: int, location: int) -> bool:
        return location == self.register_of[ref] or location == self.slot_of[ref]

    # --- choosing registers ---
    def next_operand_use(self, ref: int, start: int) -> int:
        """The first instruction from `start` on that has the value as an operand; _FAR or more if there is none."""
        liveness = self.liveness
        use = liveness.first_use[ref]
        while use != NEVER and liveness.use_at[use] < start:
            use = liveness.use_next[use]
        if start <= self.current + 1:  # what lies behind us is never asked for again
            first = liveness.first_use[ref]
            while first != NEVER and liveness.use_at[first] < self.current:
                first = liveness.use_next[first]
            liveness.first_use[ref] = first
        return _FAR if use == NEVER else liveness.use_at[use]

    def _order_for(self, ref: int) -> list[int]:
        registers = self.registers
        if self.liveness.crosses_call[ref]:
            return registers.long_lived_floats if self.is_float(ref) else registers.long_lived
        return registers.short_lived_floats if self.is_float(ref) else registers.short_lived

    def _has_free(self, of_floats: bool) -> bool:
        for register in self.registers.short_lived_floats if of_floats else self.registers.short_lived:
            if self.holder[register] == FREE:
                return True
        return False

    def _choose(self, order: list[int], forbidden: int, wanted: int) -> int:
        """A free register, `wanted` first, or one freed by evicting the value that is needed last."""
        forbidden |= self.locked
        if wanted != LOCATION_NONE and self.holder[wanted] == FREE and forbidden >> wanted & 1 == 0:
            return wanted
        second = LOCATION_NONE
        for register in order:
            if self.holder[register] == FREE and forbidden >> register & 1 == 0:
                if self.avoided >> register & 1 == 0:
                    return register
                if second == LOCATION_NONE:
                    second = register
        if second != LOCATION_NONE:
            return second
        victim = LOCATION_NONE
        distance = -1
        for register in order:
            ref = self.holder[register]
            if ref >= 0 and forbidden >> register & 1 == 0:
                use = 2 * self.next_operand_use(ref, self.current) + int(self.slot_of[ref] != LOCATION_NONE)
                if use > distance:
                    victim = register
                    distance = use
        assert victim != LOCATION_NONE, "an instruction needs more registers than the machine has"
        self._evict(victim)
        return victim

    def _take(self, register: int) -> None:
        """A free register becomes a temporary of the current instruction."""
        self.holder[register] = TEMPORARY
        self.temporaries |= 1 << register
        self.locked |= 1 << register

    def _relocate(self, register: int) -> None:
        """Move a value out of its register."""
        ref = self.holder[register]
        if self.slot_of[ref] == LOCATION_NONE:
            for other in self._order_for(ref):
                if self.holder[other] == FREE and self.locked >> other & 1 == 0:
                    self.mover.move(other, register)
                    self.holder[register] = FREE
                    self._put(ref, other)
                    return
        self._evict(register)

    def _evict(self, register: int) -> None:
        ref = self.holder[register]
        if self.slot_of[ref] == LOCATION_NONE:
            self._store(ref)
        self.register_of[ref] = LOCATION_NONE
        self.holder[register] = FREE

    def _store(self, ref: int) -> None:
        """Give the value a spill slot and copy it there."""
        for slot in range(SPILL_SLOTS):
            if self.slot_holder[slot] == FREE:
                self.slot_holder[slot] = ref
                self.slot_of[ref] = self.registers.first_slot + slot
                self.mover.move(self.registers.first_slot + slot, self.register_of[ref])
                self.spill_count += 1
                return
        raise TooManySpills()

    def _release_slot(self, ref: int) -> None:
        if self.slot_of[ref] != LOCATION_NONE:
            self.slot_holder[self.slot_of[ref] - self.registers.first_slot] = FREE
            self.slot_of[ref] = LOCATION_NONE

    def _put(self, ref: int, register: int) -> None:
        self.register_of[ref] = register
        self.holder[register] = ref
