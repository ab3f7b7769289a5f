"""The filters, run on a machine of a few lines: every call has the answer of the policy."""

from __future__ import annotations

import errno
import platform
import struct
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import SandboxUnavailable
from grader.sandbox.seccomp import (
    ALLOW,
    AMONG_FILES,
    ARCHITECTURES,
    CHILD,
    KILL,
    STARTING,
    UNKNOWN,
    Answer,
    Architecture,
    Rule,
    here,
    program,
    refused,
)

MACHINES = sorted(ARCHITECTURES)
POLICIES = {"starting": STARTING, "child": CHILD, "among files": AMONG_FILES}
EPERM, EACCES, ENOSYS = refused(errno.EPERM), refused(errno.EACCES), refused(errno.ENOSYS)
BITS = 0xFFFFFFFF


def run(code: bytes, number: int, audit: int, arguments: tuple[int, ...] = ()) -> int:
    """What the kernel would answer to a call."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("<IIQ6Q", number, audit, 0, *padded)
    instructions = list(struct.iter_unpack("=HBBI", code))
    word = position = 0
    while True:
        operation, yes, no, constant = instructions[position]
        position += 1
        if operation == 0x20:
            (word,) = struct.unpack_from("<I", data, constant)
        elif operation == 0x54:
            word &= constant
        elif operation == 0x15:
            position += yes if word == constant else no
        elif operation == 0x35:
            position += yes if word >= constant else no
        elif operation == 0x06:
            return int(constant)
        else:
            raise AssertionError(f"no such instruction: {operation:#x}")


def wanted(
    answers: Mapping[str, Answer], machine: Architecture, number: int, arguments: tuple[int, ...]
) -> int:
    """What the policy says, without any filter."""
    names = [name for name, own in machine.calls.items() if own == number]
    answer = answers.get(names[0], UNKNOWN) if names else UNKNOWN
    if not isinstance(answer, Rule):
        return answer
    for group in answer.groups:
        words = [arguments[c.argument] >> 32 if c.high else arguments[c.argument] & BITS for c in group]
        if all(word & c.mask == c.value for word, c in zip(words, group, strict=True)):
            return ALLOW
    return answer.otherwise


@pytest.mark.parametrize("name", MACHINES)
@pytest.mark.parametrize("policy", POLICIES)
def test_every_number_has_the_answer_of_the_policy(name: str, policy: str) -> None:
    machine, answers = ARCHITECTURES[name], POLICIES[policy]
    code = program(answers, machine)
    for number in range(1000):
        assert run(code, number, machine.audit) == wanted(answers, machine, number, (0,) * 6), number


odd = st.sampled_from(
    [
        0,
        1,
        15,
        0o1000,
        0o1001,
        0o1003,
        1030,
        0x10000,
        0x5401,
        1 << 32,
        0x10000 | 1 << 40,
        0x7E020080 | 0x10000,
    ]
)


@given(
    st.sampled_from(MACHINES),
    st.sampled_from(sorted(POLICIES)),
    st.sampled_from(["clone", "prctl", "prlimit64", "fcntl", "ioctl", "openat", "read", "kill"]),
    st.tuples(*[odd | st.integers(0, 2**64 - 1)] * 6),
)
def test_arguments_are_looked_at(name: str, policy: str, call: str, arguments: tuple[int, ...]) -> None:
    machine, answers = ARCHITECTURES[name], POLICIES[policy]
    number = machine.calls[call]
    found = run(program(answers, machine), number, machine.audit, arguments)
    assert found == wanted(answers, machine, number, arguments)


@pytest.mark.parametrize("name", MACHINES)
@given(number=st.integers(0, BITS), audit=st.integers(0, BITS))
def test_a_foreign_architecture_is_killed(name: str, number: int, audit: int) -> None:
    machine = ARCHITECTURES[name]
    if audit != machine.audit:
        assert run(program(CHILD, machine), number, audit) == KILL


def test_calls_of_x32_are_killed() -> None:
    machine = ARCHITECTURES["x86_64"]
    code = program(CHILD, machine)
    assert run(code, 0x40000000 | machine.calls["read"], machine.audit) == KILL
    assert run(code, 0xFFFFFFFF, machine.audit) == KILL


# Written down by hand, from the reasons and not from the policy.
@pytest.mark.parametrize(
    ("call", "arguments", "answer"),
    [
        ("read", (), ALLOW),
        ("openat", (), ALLOW),
        ("futex", (), ALLOW),
        ("exit_group", (), ALLOW),
        ("execve", (), EPERM),
        ("execveat", (), EPERM),
        ("kill", (), EPERM),
        ("tgkill", (), EPERM),
        ("ptrace", (), EPERM),
        ("process_vm_readv", (), EPERM),
        ("mount", (), EPERM),
        ("unshare", (), EPERM),
        ("setns", (), EPERM),
        ("bpf", (), EPERM),
        ("keyctl", (), EPERM),
        ("seccomp", (), EPERM),
        ("socket", (), EACCES),
        ("socketpair", (), EACCES),
        ("sendmsg", (), EACCES),
        ("clone", (0x11,), EPERM),
        ("clone", (0x3D0F00,), ALLOW),
        ("clone", (0x3D0F00 | 0x10000000,), EPERM),
        ("prctl", (15,), ALLOW),
        ("prctl", (4,), EPERM),
        ("prlimit64", (0, 7, 0), ALLOW),
        ("prlimit64", (0, 7, 1 << 32), EPERM),
        ("prlimit64", (1, 7, 0), EPERM),
        ("fcntl", (5, 1030), ALLOW),
        ("fcntl", (5, 6), ENOSYS),
        ("ioctl", (0, 0x5401), ALLOW),
        ("ioctl", (0, 0x5412), EPERM),
    ],
)
@pytest.mark.parametrize("name", MACHINES)
def test_single_answers(name: str, call: str, arguments: tuple[int, ...], answer: int) -> None:
    machine = ARCHITECTURES[name]
    assert run(program(CHILD, machine), machine.calls[call], machine.audit, arguments) == answer


@pytest.mark.parametrize(
    ("call", "arguments", "answer"),
    [
        ("openat", (0, 0, 0o0), ALLOW),
        ("openat", (0, 0, 0o1000), EACCES),
        ("openat", (0, 0, 0o1003), EACCES),
        ("openat", (0, 0, 0o1001), ALLOW),
        ("openat", (0, 0, 0o1102), ALLOW),
        ("openat2", (), ENOSYS),
        ("truncate", (), EPERM),
        ("utimensat", (), EPERM),
        ("kill", (), EPERM),
        ("read", (), ALLOW),
    ],
)
@pytest.mark.parametrize("name", MACHINES)
def test_among_files_none_is_changed(name: str, call: str, arguments: tuple[int, ...], answer: int) -> None:
    machine = ARCHITECTURES[name]
    assert run(program(AMONG_FILES, machine), machine.calls[call], machine.audit, arguments) == answer


# clone3, io_uring_setup, memfd_secret, and per machine: memfd_create, userfaultfd, flock, fchmod, setxattr, shmget.
@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("x86_64", [435, 425, 447, 319, 323, 73, 91, 188, 29, 68, 240, 253, 294]),
        ("aarch64", [435, 425, 447, 279, 282, 32, 52, 5, 194, 186, 180, 26]),
    ],
)
def test_what_is_not_named_is_unknown(name: str, numbers: list[int]) -> None:
    machine = ARCHITECTURES[name]
    code = program(STARTING, machine)
    assert {run(code, number, machine.audit) for number in numbers} == {ENOSYS}


def test_only_what_starts_the_interpreter_is_taken_away() -> None:
    changed = {name for name in STARTING if STARTING[name] != CHILD.get(name, UNKNOWN)}
    assert changed == {
        *("execve", "prctl", "seccomp", "setrlimit", "prlimit64"),
        *("setgroups", "setresgid", "setresuid", "capset"),
    }


def test_filters_fit_the_kernel() -> None:
    for machine in ARCHITECTURES.values():
        assert len(program(CHILD, machine)) // 8 < 4096


def test_the_tables_agree_where_numbers_are_shared() -> None:
    first, second = (ARCHITECTURES[name].calls for name in MACHINES)
    shared = {name: number for name, number in first.items() if number >= 424}
    assert shared
    assert shared == {name: number for name, number in second.items() if number >= 424}
    for calls in (first, second):
        assert len(set(calls.values())) == len(calls)


def test_an_unknown_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "m68k")
    with pytest.raises(SandboxUnavailable, match="m68k"):
        here()


def test_another_system_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    with pytest.raises(SandboxUnavailable, match="needs Linux"):
        here()
