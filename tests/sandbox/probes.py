"""What hostile code tries, by family. Every probe goes through without a sandbox, and in none of the sandboxes.

A probe is the body of a function, as in `grader.sandbox.canaries`, whose attacks are among them. Its constants are
those of `surroundings.attack`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.sandbox.canaries import CANARIES


@dataclass(frozen=True)
class Probe:
    """`root`: without a sandbox it needs root. `absent`: why a kernel may lack what it reaches for."""

    family: str
    body: str
    root: bool = False
    absent: str = ""


_FAMILIES = {
    "files": "read_file list_folder write_file make_file delete_file truncate_file truncate_by_reading change_times",
    "/proc": "read_environment_of_judge",
    "signals": "signal_judge",
    "processes": "fork",
    "programs": "run_program",
    "tracing": "trace_me",
    "network": "socket_inet socket_unix",
    "memory": "memory_file shared_memory_file allocate",
    "descriptors": "open_files",
    "threads": "threads",
}
_OF_CANARIES = {
    name: Probe(family, CANARIES[name], root=name == "read_environment_of_judge")
    for family, names in _FAMILIES.items()
    for name in names.split()
}

_FILES = {
    "read_users": Probe("files", "open('/etc/passwd').read()"),
    "list_homes": Probe("files", "os.listdir('/home')"),
    "read_grader": Probe("files", "open(CHECKOUT + '/grader/grading.py').read()"),
    "list_solutions": Probe("files", "os.listdir(CHECKOUT + '/solutions')"),
    "rename_file": Probe("files", "os.rename(FOLDER + '/moved', FOLDER + '/elsewhere')"),
    "link_file": Probe("files", "os.link(FOLDER + '/file', FOLDER + '/link')"),
    "make_symbolic_link": Probe("files", "os.symlink('/', FOLDER + '/symbolic')"),
    "make_folder": Probe("files", "os.mkdir(FOLDER + '/inner')"),
    "make_pipe": Probe("files", "os.mkfifo(FOLDER + '/pipe')"),
    "make_device": Probe("files", "os.mknod(FOLDER + '/device', 0o20600, os.makedev(1, 3))", root=True),
    "make_unnamed_file": Probe("files", "os.open(FOLDER, os.O_TMPFILE | os.O_RDWR)"),
    "change_mode": Probe("files", "os.chmod(OTHER, 0o600)"),
    "change_owner": Probe("files", "os.chown(OTHER, 1, 1)", root=True),
    "set_attribute": Probe("files", "os.setxattr(OTHER, 'user.x', b'1')"),
    "fill_disk": Probe(
        "disk",
        """
names = [f'/tmp/grader-{JUDGE}-{number}' for number in range(9)]
try:
    for name in names:
        open(name, 'wb').write(bytes(4 << 20))
finally:
    for name in filter(os.path.exists, names):
        os.unlink(name)
""",
    ),
    "large_file": Probe(
        "disk",
        """
name = f'/tmp/grader-{JUDGE}-large'
try:
    open(name, 'wb').truncate(17 << 20)
finally:
    if os.path.exists(name):
        os.unlink(name)
""",
    ),
    "change_numpy": Probe("packages", "import numpy; open(numpy.__file__, 'a')", root=True),
    "change_python": Probe("packages", "open(os.__file__, 'a')", root=True),
    "add_package": Probe(
        "packages",
        """
import numpy
name = os.path.dirname(os.path.dirname(numpy.__file__)) + f'/grader_{JUDGE}.py'
open(name, 'w')
os.unlink(name)
""",
        root=True,
    ),
    "change_grader": Probe("packages", "open(CHECKOUT + '/grader/box/main.py', 'a')", root=True),
    "change_submission": Probe("packages", "open('new.py', 'w')"),
}

_PROCESSES = {
    "list_processes": Probe(
        "/proc", "if str(VICTIM) not in os.listdir('/proc'): raise OSError(errno.ESRCH, 'none')"
    ),
    "read_command_line": Probe("/proc", "open(f'/proc/{JUDGE}/cmdline', 'rb').read()"),
    "read_environment": Probe("/proc", "open(f'/proc/{VICTIM}/environ', 'rb').read()"),
    "read_maps": Probe("/proc", "open(f'/proc/{VICTIM}/maps').read()"),
    "open_memory": Probe("/proc", "open(f'/proc/{VICTIM}/mem', 'rb')", root=True),
    "read_working_folder": Probe("/proc", "os.readlink(f'/proc/{VICTIM}/cwd')"),
    "change_kernel_setting": Probe("/proc", "open('/proc/sys/kernel/core_pattern', 'r+')", root=True),
    "change_oom_score": Probe("/proc", "open('/proc/self/oom_score_adj', 'w').write('500')"),
    "trace_process": Probe("tracing", "made(libc.ptrace(0x4206, VICTIM, 0, 0))", root=True),
    "read_memory_of_process": Probe(
        "tracing", "made(libc.process_vm_readv(VICTIM, own, 1, other, 1, 0))", root=True
    ),
    "write_memory_of_process": Probe(
        "tracing", "made(libc.process_vm_writev(VICTIM, own, 1, other, 1, 0))", root=True
    ),
    "take_descriptor": Probe("tracing", "made(libc.syscall(438, os.pidfd_open(VICTIM), 0, 0))", root=True),
    "compare_processes": Probe(
        "tracing", "made(libc.syscall(CALLS['kcmp'], VICTIM, os.getpid(), 2, 0, 0))", root=True
    ),
    "signal_process": Probe("signals", "os.kill(VICTIM, signal.SIGCONT)"),
    "signal_thread": Probe("signals", "made(libc.syscall(CALLS['tgkill'], VICTIM, VICTIM, 18))"),
    "signal_own_group": Probe("signals", "os.killpg(0, 0)"),
    "signal_everyone": Probe("signals", "os.kill(-1, 0)"),
    "signal_self": Probe("signals", "signal.raise_signal(signal.SIGCONT)"),
    "queue_signal": Probe("signals", "made(libc.sigqueue(VICTIM, 18, None))"),
    "signal_by_descriptor": Probe(
        "signals", "signal.pidfd_send_signal(os.pidfd_open(os.getpid()), signal.SIGCONT)"
    ),
    "fork_by_clone": Probe("processes", "made(libc.syscall(CALLS['clone'], 17, 0, 0, 0, 0)) or os._exit(0)"),
    "fork_by_clone3": Probe(
        "processes",
        "made(libc.syscall(435, struct.pack('=4QQ3Q', 0, 0, 0, 0, 17, 0, 0, 0), 64)) or os._exit(0)",
    ),
    "fork_a_daemon": Probe("processes", "if os.fork() == 0: os.setsid(); os.fork(); os._exit(0)"),
    "new_session": Probe("processes", "os.setsid()"),
    "spawn": Probe("processes", "os.posix_spawn('/usr/bin/true', ['true'], {})"),
    "multiprocessing": Probe(
        "processes",
        "import multiprocessing as m; p = m.get_context('fork').Process(target=int); p.start(); p.join()",
    ),
    "exec": Probe("programs", "os.execv('/usr/bin/true', ['true'])"),
    "exec_by_descriptor": Probe("programs", "os.execve(os.open('/usr/bin/true', os.O_RDONLY), ['true'], {})"),
    "shell": Probe("programs", "if os.system('true'): raise OSError(errno.EPERM, 'shell')"),
}

_NETWORK = {
    "connect": Probe("network", "socket.create_connection(('127.0.0.1', PORT))"),
    "connect_to_socket_file": Probe("network", "socket.socket(socket.AF_UNIX).connect(FOLDER + '/socket')"),
    "connect_to_abstract_socket": Probe(
        "network", "socket.socket(socket.AF_UNIX).connect(f'\\0grader-{JUDGE}')"
    ),
    "listen": Probe("network", "socket.create_server(('127.0.0.1', 0))"),
    "send_datagram": Probe(
        "network", "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', PORT))"
    ),
    "socket_inet6": Probe("network", "socket.socket(socket.AF_INET6)", absent="IPv6 may be switched off"),
    "socket_netlink": Probe("network", "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)"),
    "socket_raw": Probe("network", "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)", root=True),
    "socket_packet": Probe("network", "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)", root=True),
    "socket_vsock": Probe(
        "network", "socket.socket(socket.AF_VSOCK)", absent="only kernels of virtual machines have it"
    ),
    "socket_alg": Probe(
        "network", "socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET)", absent="a module of the kernel"
    ),
    "socket_pair": Probe("network", "socket.socketpair()"),
}

_MEMORY = {
    "lift_limit": Probe("memory", "made(libc.prlimit(0, 9, struct.pack('=2q', -1, -1), None))", root=True),
    "change_limit_of_process": Probe(
        "memory", "made(libc.prlimit(os.getppid(), 4, struct.pack('=2q', 0, -1), None))", root=True
    ),
    "lock_memory": Probe("memory", "made(libc.mlock(ctypes.create_string_buffer(4096), 4096))"),
    "secret_memory": Probe("memory", "made(libc.syscall(447, 0))", absent="may be left out of the kernel"),
    "shared_memory_segment": Probe(
        "memory", "made(libc.shmctl(made(libc.shmget(0, 4096, 0o1600)), 0, None))"
    ),
}

_KERNEL = {
    "unshare_users": Probe("kernel", "made(libc.unshare(0x10000000))", root=True),
    "unshare_mounts": Probe("kernel", "made(libc.unshare(0x00020000))", root=True),
    "enter_namespace": Probe(
        "kernel", "made(libc.setns(os.open('/proc/self/ns/net', os.O_RDONLY), 0))", root=True
    ),
    "mount": Probe(
        "kernel",
        "made(libc.mount(b'none', FOLDER.encode(), b'tmpfs', 0, None)); made(libc.umount2(FOLDER.encode(), 2))",
        root=True,
    ),
    "mount_by_descriptor": Probe("kernel", "made(libc.syscall(430, b'tmpfs', 0))", root=True),
    "copy_of_mounts": Probe("kernel", "made(libc.syscall(428, -100, b'/', 1))", root=True),
    "change_root": Probe("kernel", "os.chroot('/usr')", root=True),
    "bpf": Probe(
        "kernel",
        "made(libc.syscall(CALLS['bpf'], 0, struct.pack('=4I', 2, 4, 4, 1) + bytes(56), 72))",
        root=True,
    ),
    "performance_events": Probe(
        "kernel",
        "made(libc.syscall(CALLS['perf_event_open'], struct.pack('=2I', 1, 112) + bytes(104), 0, -1, -1, 0))",
        root=True,
    ),
    "asynchronous_calls": Probe(
        "kernel",
        "made(libc.syscall(425, 1, ctypes.create_string_buffer(120)))",
        root=True,
        absent="kernel.io_uring_disabled",
    ),
    "faults_in_user_space": Probe(
        "kernel", "made(libc.syscall(USERFAULTFD, 1))", root=True, absent="may be left out of the kernel"
    ),
    "add_key": Probe("kernel", "made(libc.syscall(CALLS['add_key'], b'user', b'x', b'y', 1, -2))"),
    "keyring": Probe("kernel", "made(libc.syscall(CALLS['keyctl'], 0, -2, 1))"),
    "kernel_log": Probe("kernel", "made(libc.klogctl(10, None, 0))", root=True),
    "change_host_name": Probe("kernel", "socket.sethostname(socket.gethostname())", root=True),
    "change_personality": Probe("kernel", "made(libc.personality(0x0040000))"),
    "change_priority": Probe("kernel", "os.nice(1)"),
    "real_time": Probe("kernel", "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))", root=True),
    "choose_processor": Probe("kernel", "os.sched_setaffinity(0, os.sched_getaffinity(0))"),
    "become_dumpable": Probe("kernel", "made(libc.prctl(4, 1, 0, 0, 0))"),
    "type_into_terminal": Probe(
        "kernel",
        "import fcntl, termios; fcntl.ioctl(os.openpty()[1], termios.TIOCSTI, b'x')",
        root=True,
    ),
}

_CHANNELS = {
    "lock_file": Probe(
        "channels", "import fcntl; fcntl.flock(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_SH)"
    ),
    "lock_range": Probe(
        "channels", "import fcntl; fcntl.lockf(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_SH)"
    ),
    "lease": Probe(
        "channels",
        "import fcntl; fcntl.fcntl(os.open(os.__file__, os.O_RDONLY), fcntl.F_SETLEASE, fcntl.F_RDLCK)",
        root=True,
    ),
    "watch_files": Probe(
        "channels", "made(libc.inotify_add_watch(made(libc.inotify_init()), b'/usr', 0x100))"
    ),
    "watch_mounts": Probe(
        "channels", "made(libc.fanotify_init(0, 0))", root=True, absent="a module of the kernel"
    ),
    "message_queue": Probe("channels", "made(libc.msgctl(made(libc.msgget(0, 0o1600)), 0, None))"),
    "semaphore": Probe("channels", "made(libc.semctl(made(libc.semget(0, 1, 0o1600)), 0, 0))"),
    "pseudo_terminal": Probe("channels", "os.openpty()"),
    "times_of_shared_file": Probe(
        "channels",
        "was = os.stat(os.__file__); os.utime(os.__file__, ns=(was.st_atime_ns, was.st_mtime_ns))",
        root=True,
    ),
    "times_of_device": Probe("channels", "os.utime('/dev/null')"),
}

PROBES: Mapping[str, Probe] = {
    **_OF_CANARIES,
    **_FILES,
    **_PROCESSES,
    **_NETWORK,
    **_MEMORY,
    **_KERNEL,
    **_CHANNELS,
}
