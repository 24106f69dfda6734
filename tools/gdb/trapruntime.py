"""Lets gdb walk from guest frames over TrapRuntime's thunks to host frames, and back into outer guests.

In gdb:   source tools/gdb/trapruntime.py
          handle SIGSEGV SIGFPE SIGILL SIGBUS SIGUSR1 nostop noprint pass

Works on NativeAOT executables published with their debug symbols beside them. Thunks and guest code carry no unwind tables; both
keep frame pointers, so each frame is found through rbp: the saved rbp lies at it, the return address above it.
"""

import gdb
from gdb.unwinder import Unwinder, register_unwinder

PROCESS = "'TrapRuntime_TrapRuntime_Activations_ProcessState::Block'"
WORD = 8
PUSH_RBP = 0x55




class FrameId:
    """What tells one frame from another. gdb wants addresses to rise from callee to caller; guest stacks may lie anywhere, so a
    guest frame takes the address where its host waits, and its own to be unique."""

    def __init__(self, frame, pc):
        self.sp = gdb.Value(host_address(frame))
        self.pc = gdb.Value(pc)
        self.special = gdb.Value(frame)


def host_address(frame):
    """Where the host waits that entered the guest whose stack holds a frame; the frame's own address when no guest's does."""
    thread = gdb.parse_and_eval(PROCESS)["FirstThread"]
    while int(thread) != 0:
        activation = thread["Innermost"]
        while int(activation) != 0:
            if int(activation["Stack"]["Start"]) <= frame <= int(activation["GuestStackTop"]):
                return int(activation["HostStackPointer"])
            activation = activation["Parent"]
        thread = thread["NextThread"]
    return frame


def word_at(address):
    return int(gdb.Value(address).cast(gdb.lookup_type("unsigned long").pointer()).dereference())


def last_at_or_below(table, address):
    """The machine-code search of the library, in Python: see SearchCode and CodeSearch."""
    count = word_at(table)
    entries = table + 2 * WORD
    found = None
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        entry = entries + middle * 2 * WORD
        if word_at(entry) <= address:
            found = (word_at(entry), word_at(entry + WORD))
            low = middle + 1
        else:
            high = middle
    return found


class TrapRuntimeUnwinder(Unwinder):
    def __init__(self):
        super().__init__("TrapRuntime")

    def __call__(self, pending):
        pc = int(pending.read_register("rip")) & 0xFFFFFFFFFFFFFFFF
        try:
            process = gdb.parse_and_eval(PROCESS)
            if int(process) == 0 or not self.is_ours(process, pc):
                return None
            return self.unwind(pending, pc)
        except gdb.error:
            return None

    @staticmethod
    def is_ours(process, pc):
        if int(process["ThunksStart"]) <= pc < int(process["ThunksEnd"]):
            return True
        upper = int(process["CodeTable"])
        if upper == 0:
            return False
        chunk = last_at_or_below(upper, pc)
        leaf = last_at_or_below(chunk[1], pc) if chunk else None
        return leaf is not None and leaf[0] <= pc < leaf[1]

    @staticmethod
    def unwind(pending, pc):
        rsp = int(pending.read_register("rsp")) & 0xFFFFFFFFFFFFFFFF
        rbp = int(pending.read_register("rbp")) & 0xFFFFFFFFFFFFFFFF

        # A function that has not pushed rbp yet: the return address is on top, rbp is the caller's.
        at_entry = int(gdb.selected_inferior().read_memory(pc, 1)[0][0]) == PUSH_RBP
        base = rsp - WORD if at_entry else rbp
        caller_rbp = rbp if at_entry else word_at(rbp)

        info = pending.create_unwind_info(FrameId(base + 2 * WORD, pc))
        info.add_saved_register("rip", gdb.Value(word_at(base + WORD)))
        info.add_saved_register("rbp", gdb.Value(caller_rbp))
        info.add_saved_register("rsp", gdb.Value(base + 2 * WORD))
        return info


register_unwinder(None, TrapRuntimeUnwinder(), True)
