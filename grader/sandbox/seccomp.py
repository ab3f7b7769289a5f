"""Which system calls a box may make, and the small assembler that turns the answer into a seccomp filter.

The filter is classic BPF. There is no well-kept binding of libseccomp to depend on, and all that is needed is to search
for a number and to say what stands there. By halves: the kernel runs a new filter for every number that there is, and a
filter is installed for every submission.
"""

from __future__ import annotations

import errno
import functools
import platform
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from grader.errors import SandboxUnavailable

from .syscalls import AARCH64, X86_64

# Where struct seccomp_data has the number, the architecture and the arguments (low word first).
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16

ALLOW = 0x7FFF0000
KILL = 0x80000000
REFUSE = 0x00050000

# Numbers from here on are calls of the x32 convention, which would get round a table of x86-64 numbers.
X32 = 0x40000000

_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_EQUAL, _AT_LEAST = 0x15, 0x35

Instruction: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True)
class Masked:
    """True of a call whose argument, restricted to the bits of `mask`, is `value`. 32 bits of it are looked at, or with
    `high` the upper 32."""

    argument: int
    mask: int
    value: int
    high: bool = False


@dataclass(frozen=True)
class Rule:
    """Allows a call when all of one of the groups of conditions are true, and else answers `otherwise`."""

    groups: tuple[tuple[Masked, ...], ...]
    otherwise: int


Answer: TypeAlias = int | Rule


@dataclass(frozen=True, eq=False)
class Architecture:
    """What the filter has to know of a machine: its audit number and its calls."""

    audit: int
    calls: Mapping[str, int]
    x32: bool = False


ARCHITECTURES = {
    "x86_64": Architecture(0xC000003E, X86_64, x32=True),
    "aarch64": Architecture(0xC00000B7, AARCH64),
}


def refused(code: int) -> int:
    """The answer "fails with this errno"."""
    return REFUSE | code


def _one_of(argument: int, *values: int) -> tuple[tuple[Masked, ...], ...]:
    return tuple((Masked(argument, 0xFFFFFFFF, value),) for value in values)


def _null(argument: int) -> tuple[Masked, ...]:
    return Masked(argument, 0xFFFFFFFF, 0), Masked(argument, 0xFFFFFFFF, 0, high=True)


_CLONE_THREAD = 0x00010000
_CLONE_NAMESPACES = 0x7E020080
_THREAD_NAMES = (15, 16)
_DESCRIPTOR_COMMANDS = (0, 1, 2, 3, 4, 1030)
_ACCESS, _TO_WRITE, _TRUNCATE = 0o3, (0o1, 0o2), 0o1000
_TERMINAL_QUESTIONS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)

_ALLOWED = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek open openat openat2 close
    close_range stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents64 getcwd
    chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat
    ftruncate truncate fallocate fsync fdatasync umask fadvise64 copy_file_range sendfile statfs
    fstatfs dup dup2 dup3 pipe pipe2 poll ppoll select pselect6 epoll_create1 epoll_ctl epoll_wait epoll_pwait
    eventfd2 mmap munmap mremap mprotect madvise msync mincore brk membarrier futex set_robust_list get_robust_list
    rseq set_tid_address arch_prctl gettid getpid getppid getpgrp getpgid getsid getuid geteuid getgid getegid
    getgroups getresuid getresgid getrlimit getrusage times uname sysinfo getrandom getcpu sched_yield
    sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
    clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time setitimer getitimer alarm
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait sigaltstack restart_syscall
    wait4 waitid exit exit_group
"""

_FORBIDDEN = """
    kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal pidfd_open pidfd_getfd
    ptrace process_vm_readv process_vm_writev kcmp perf_event_open execve execveat fork vfork
    mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr
    unshare setns bpf keyctl add_key request_key seccomp setrlimit setgroups setresgid setresuid capset
"""

_SOCKETS = """
    socket socketpair bind connect listen accept accept4 getsockname getpeername getsockopt setsockopt
    sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg shutdown
"""

# What the interpreter needs until it has installed the second filter, which takes it away.
_BEFORE = "execve prctl seccomp setrlimit prlimit64 setgroups setresgid setresuid capset"

# Any other call is answered as by a kernel that does not know it.
UNKNOWN = refused(errno.ENOSYS)


def _of_child() -> dict[str, Answer]:
    answers: dict[str, Answer] = dict.fromkeys(_ALLOWED.split(), ALLOW)
    answers |= dict.fromkeys(_FORBIDDEN.split(), refused(errno.EPERM))
    answers |= dict.fromkeys(_SOCKETS.split(), refused(errno.EACCES))
    # The times of a device, which is the machine's, would be a note from one box to another.
    answers |= dict.fromkeys(("utimensat", "utimes"), refused(errno.EPERM))
    thread = Masked(0, _CLONE_THREAD | _CLONE_NAMESPACES, _CLONE_THREAD)
    answers["clone"] = Rule(((thread,),), refused(errno.EPERM))
    answers["prctl"] = Rule(_one_of(0, *_THREAD_NAMES), refused(errno.EPERM))
    answers["prlimit64"] = Rule(((*_null(0), *_null(2)),), refused(errno.EPERM))
    # Locks of a shared file would be a line from one box to another.
    answers["fcntl"] = Rule(_one_of(1, *_DESCRIPTOR_COMMANDS), refused(errno.ENOSYS))
    answers["ioctl"] = Rule(_one_of(1, *_TERMINAL_QUESTIONS), refused(errno.EPERM))
    return answers


def _opening(flags: int) -> Rule:
    """Refuses to shorten a file that is opened to be read, which the first versions of Landlock let pass."""
    kept = (Masked(flags, _TRUNCATE, 0),)
    return Rule((kept, *((Masked(flags, _ACCESS, way),) for way in _TO_WRITE)), refused(errno.EACCES))


# While student code runs: threads and files, no processes, no sockets, nothing that is news to the kernel.
CHILD: Mapping[str, Answer] = _of_child()
# From the start of the interpreter until then.
STARTING: Mapping[str, Answer] = {**CHILD, **dict.fromkeys(_BEFORE.split(), ALLOW)}

# As CHILD, where only Landlock stands between a box and the files of this machine: without the ways to change a file
# that it does not look at.
AMONG_FILES: Mapping[str, Answer] = {
    **CHILD,
    "truncate": refused(errno.EPERM),
    "open": _opening(1),
    "openat": _opening(2),
    "openat2": UNKNOWN,
}


def here() -> Architecture:
    """This machine's architecture; raises SandboxUnavailable where the policy has no numbers for it."""
    if platform.system() != "Linux":
        raise SandboxUnavailable(
            f"the sandbox needs Linux, and this is {platform.system()}: use a virtual machine"
        )
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        raise SandboxUnavailable(f"the sandbox knows x86_64 and aarch64, but this machine is {machine}")
    return ARCHITECTURES[machine]


def of_child() -> bytes:
    """The filter `CHILD` on this machine. Raises SandboxUnavailable."""
    return _of_child_on(here())


def among_files() -> bytes:
    """The filter `AMONG_FILES` on this machine. Raises SandboxUnavailable."""
    return _among_files_on(here())


@functools.cache
def _of_child_on(architecture: Architecture) -> bytes:
    return program(CHILD, architecture)


@functools.cache
def _among_files_on(architecture: Architecture) -> bytes:
    return program(AMONG_FILES, architecture)


def program(answers: Mapping[str, Answer], architecture: Architecture) -> bytes:
    """The filter that gives every call its answer: `UNKNOWN` to those not named; the process is killed by a call of a
    foreign architecture."""
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in _assembled(answers, architecture))


def _assembled(answers: Mapping[str, Answer], architecture: Architecture) -> Iterator[Instruction]:
    yield _LOAD, 0, 0, ARCHITECTURE
    yield _EQUAL, 1, 0, architecture.audit
    yield _RETURN, 0, 0, KILL
    yield _LOAD, 0, 0, NUMBER
    if architecture.x32:
        yield _AT_LEAST, 0, 1, X32
        yield _RETURN, 0, 0, KILL
    yield from _searched(_stretches(answers, architecture))


def _stretches(answers: Mapping[str, Answer], architecture: Architecture) -> list[tuple[int, Answer]]:
    """Where numbers with another answer than those before begin, from 0 on."""
    known = {number: answers.get(name, UNKNOWN) for name, number in architecture.calls.items()}
    numbered = [(number, known.get(number, UNKNOWN)) for number in range(max(known) + 2)]
    return [next(same) for _, same in groupby(numbered, lambda one: one[1])]


def _searched(stretches: Sequence[tuple[int, Answer]]) -> list[Instruction]:
    if len(stretches) == 1:
        return list(_answer(stretches[0][1]))
    half = len(stretches) // 2
    # A jump spans 255 instructions at most, and as yet the longest half is shorter; a longer one cannot be packed.
    below = _searched(stretches[:half])
    return [(_AT_LEAST, len(below), 0, stretches[half][0]), *below, *_searched(stretches[half:])]


def _answer(answer: Answer) -> Iterator[Instruction]:
    """Ends the filter, whatever the arguments: what follows is for other calls."""
    if isinstance(answer, int):
        yield _RETURN, 0, 0, answer
        return
    for group in answer.groups:
        for place, condition in enumerate(group):
            yield _LOAD, 0, 0, ARGUMENTS + 8 * condition.argument + 4 * condition.high
            yield _AND, 0, 0, condition.mask
            # Where one fails, on to the next group: past the rest of this one and its RETURN.
            yield _EQUAL, 0, 3 * (len(group) - place - 1) + 1, condition.value
        yield _RETURN, 0, 0, ALLOW
    yield _RETURN, 0, 0, answer.otherwise
