"""Attacks on the host: its files, environment, processes, network, and the privileges that would reach them."""

import asyncio

import pytest

from tests.tools.sandbox.attacks import Attack, run_attack

FILES = [
    Attack(
        "host_files",
        """
        for path in ('/etc/shadow', '/etc/hostname', '/etc/ssh/sshd_config', '/root/.bashrc', '/var/log/syslog', '/proc/1/environ',
                     '/tmp/winnow-test-secret', '/var/tmp/winnow-test-secret', '/root/winnow-test-secret', '/sys/kernel/notes',
                     '/boot/grub/grub.cfg', '/run/utmp', '/etc/machine-id', '/usr/bin/passwd', '/bin/sh', '/opt/inside/worker.py'):
            attempt(path, read, path)
        """,
    ),
    Attack(
        "host_folders",
        """
        for path in ('/', '/root', '/home', '/var', '/sys', '/run', '/mnt', '/usr/bin', '/bin', '/proc', '/old', '/opt/inside'):
            attempt(path, os.listdir, path)
        """,
    ),
    Attack(
        "passwd_names_nobody",
        """
        import pwd
        names = sorted(entry.pw_name for entry in pwd.getpwall())
        print('ESCAPED' if names != ['root', 'user'] else names)
        """,
    ),
    Attack("environment", "print(dict(os.environ)); print({k: os.getenvb(k) for k in os.environb})"),
    Attack(
        "memory_has_no_secret",
        """
        environ = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, 'environ')
        i = 0
        while environ[i]:
            print(environ[i]); i += 1
        """,
    ),
    Attack(
        "proc_tricks",
        "for name in ('self/mem', 'self/root', 'self/environ', 'self/fd', '1/root/etc/shadow', 'kcore', "
        "'sysrq-trigger', 'sys/kernel/core_pattern', 'self/maps', 'mounts', 'kallsyms', 'self/ns/user', 'self/setgroups'):\n"
        "    attempt(name, read, '/proc/' + name)",
    ),
    Attack(
        "write_outside",
        """
        for path in ('/x', '/etc/x', '/usr/lib/x', '/opt/env/lib/x', '/home/x', '/dev/x', os.path.dirname(os.__file__) + '/x.py',
                     '/opt/python/x', '/etc/passwd', '/home/user/../x'):
            attempt(path, open, path, 'w')
        attempt('chmod', os.chmod, os.__file__, 0o777)
        attempt('utime', os.utime, os.__file__)
        attempt('unlink', os.unlink, os.__file__)
        attempt('rename', os.rename, os.__file__, '/home/user/os.py')
        attempt('link', os.link, os.__file__, '/home/user/os.py')
        attempt('truncate', os.truncate, os.__file__, 0)
        attempt('mkdir', os.mkdir, '/usr/lib/x')
        """,
    ),
    Attack(
        "devices",
        """
        for name in ('mem', 'kmem', 'port', 'sda', 'vda', 'kvm', 'fuse', 'tty', 'console', 'ptmx', 'net/tun', 'loop-control', 'zero',
                     'full', 'shm/../mem', 'userfaultfd', 'snd/seq', 'vsock', 'hpet', 'kmsg', 'cpu_dma_latency'):
            attempt(name, open, '/dev/' + name, 'rb')
        attempt('mknod', os.mknod, 'vda', 0o60666, os.makedev(254, 0))
        attempt('mknod char', os.mknod, 'mem', 0o20666, os.makedev(1, 1))
        """,
    ),
    Attack(
        "inherited_descriptors",
        """
        for fd in range(3, 4096):
            try:
                status = os.fstat(fd)
            except OSError:
                continue
            kind = status.st_mode & 0o170000
            if kind in (0o040000, 0o100000):
                print('ESCAPED descriptor', fd, oct(kind))
            for name in ('etc/shadow', '..', '../..', 'proc', '1/environ'):
                attempt(f'{fd}/{name}', os.open, name, os.O_RDONLY, dir_fd=fd)
        """,
    ),
    Attack(
        "escape_by_chdir",
        """
        attempt('chroot', os.chroot, '.')
        for _ in range(30):
            try: os.chdir('..')
            except OSError: break
        attempt('root', os.listdir, '.')
        attempt('secret', read, 'tmp/winnow-test-secret')
        attempt('old', os.chdir, '/old')
        """,
        then="__import__('os').chdir('/home/user')",
        shown=None,
    ),
    Attack(
        "by_handle",
        """
        buffer = ctypes.create_string_buffer(struct.pack('ii', 8, 1) + struct.pack('q', 2), 64)
        attempt('open_by_handle_at', syscall, 'open_by_handle_at', os.open('.', os.O_RDONLY), buffer, os.O_RDONLY)
        attempt('name_to_handle_at', syscall, 'name_to_handle_at', -100, b'/', buffer, ctypes.byref(ctypes.c_int()), 0)
        """,
    ),
    Attack(
        "symlink_to_host",
        """
        os.symlink('/etc/shadow', 'link'); attempt('link', read, 'link')
        os.symlink('/', 'root'); attempt('root', os.listdir, 'root/root')
        os.symlink('/tmp/../../../etc/hostname', 'up'); attempt('up', read, 'up')
        """,
    ),
]
NETWORK = [
    Attack(
        "sockets",
        """
        for family in range(0, 46):
            for kind in (1, 2, 3, 5):
                attempt(f'{family} {kind}', socket.socket, family, kind)
        """,
    ),
    Attack(
        "resolve_and_fetch",
        """
        import urllib.request
        attempt('dns', socket.getaddrinfo, 'example.com', 80)
        attempt('http', urllib.request.urlopen, 'http://127.0.0.1/', None, 1)
        attempt('connect', socket.create_connection, ('127.0.0.1', 22), 1)
        """,
    ),
    Attack(
        "raw_socket_calls",
        """
        for family in (1, 2, 10, 16, 17, 29, 38, 40, 44):
            attempt(family, syscall, 'socket', family, 2, 0)
        attempt('abstract', lambda: socket.socketpair(socket.AF_INET))
        a, b = socket.socketpair()
        attempt('connect a pair', a.connect, '\\0abstract')
        attempt('bind a pair', a.bind, '/home/user/sock')
        attempt('listen on a pair', a.listen)
        """,
    ),
    Attack("io_uring", "attempt('io_uring', syscall, 'io_uring_setup', 8, ctypes.create_string_buffer(120))"),
]
PRIVILEGES = [
    Attack(
        "become_root",
        """
        for action in (os.setuid, os.setgid, os.seteuid, os.setegid):
            attempt(action.__name__, action, 0)
        attempt('setgroups', os.setgroups, [0])
        attempt('setresuid', os.setresuid, 0, 0, 0)
        print(os.getresuid()) if os.getresuid() == (1000, 1000, 1000) else print('ESCAPED', os.getresuid())
        """,
    ),
    Attack(
        "no_capabilities",
        """
        header = struct.pack('=II', 0x20080522, 0); data = ctypes.create_string_buffer(24)
        libc.capget(header, data)
        print('ESCAPED' if any(data.raw) else 'none')
        data = struct.pack('=6I', *[0xffffffff] * 6)
        attempt('capset', lambda: libc.capset(header, data) and 1 / 0)
        """,
    ),
    Attack(
        "new_namespaces",
        """
        for flag in (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000, 0x80):
            attempt(f'unshare {flag:x}', syscall, 'unshare', flag)
        for flag in (0x10000000, 0x00020000, 0x40000000, 0x20000000 | 0x10000000):
            attempt(f'clone {flag:x}', syscall, 'clone', flag | 17, 0, 0, 0, 0)
        attempt('clone3', syscall, 'clone3', ctypes.create_string_buffer(struct.pack('Q', 0x10000000) + bytes(80)), 88)
        attempt('setns', syscall, 'setns', 0, 0)
        """,
    ),
    Attack(
        "mounts",
        """
        attempt('mount', syscall, 'mount', b'tmpfs', b'/home/user', b'tmpfs', 0, 0)
        attempt('bind', syscall, 'mount', b'/', b'/home/user', None, 4096, 0)
        attempt('remount', syscall, 'mount', None, b'/', None, 32, 0)
        attempt('umount', syscall, 'umount2', b'/home', 2)
        attempt('pivot_root', syscall, 'pivot_root', b'.', b'.')
        attempt('open_tree', syscall, 'open_tree', -100, b'/', 1)
        attempt('fsopen', syscall, 'fsopen', b'proc', 0)
        attempt('mount_setattr', syscall, 'mount_setattr', -100, b'/', 0, bytes(32), 32)
        attempt('swapon', syscall, 'swapon', b'x', 0)
        """,
    ),
    Attack(
        "kernel_interfaces",
        """
        buffer = ctypes.create_string_buffer(256)
        for name, args in dict(bpf=(0, buffer, 120), perf_event_open=(buffer, 0, -1, -1, 0), userfaultfd=(0,), keyctl=(0, -3, 1),
                add_key=(b'user', b'x', b'y', 1, -3), request_key=(b'user', b'x', None, 0), init_module=(buffer, 8, b''),
                finit_module=(0, b'', 0), delete_module=(b'x', 0), kexec_load=(0, 0, 0, 0), reboot=(0xfee1dead, 672274793, 0, 0),
                syslog=(3, buffer, 200), quotactl=(0, 0, 0, 0), io_setup=(1, buffer), fanotify_init=(0, 0), inotify_init1=(0,),
                acct=(0,), seccomp=(1, 0, buffer), personality=(0x0040000,), landlock_create_ruleset=(0, 0, 1)).items():
            attempt(name, syscall, name, *args)
        """,
    ),
    Attack(
        "machine_settings",
        """
        attempt('hostname', syscall, 'sethostname', b'pwned', 5)
        attempt('clock_settime', syscall, 'clock_settime', 0, ctypes.create_string_buffer(16))
        attempt('settimeofday', syscall, 'settimeofday', ctypes.create_string_buffer(16), None)
        attempt('time.clock_settime', time.clock_settime, time.CLOCK_REALTIME, 0)
        attempt('nice', os.nice, -5)
        attempt('scheduler', os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(1))
        attempt('sethostname', socket.sethostname, 'x')
        """,
    ),
    Attack(
        "raise_limits",
        """
        for name in ('AS', 'CPU', 'FSIZE', 'NPROC', 'NOFILE', 'CORE', 'MEMLOCK'):
            kind = getattr(resource, 'RLIMIT_' + name)
            attempt(name, resource.setrlimit, kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            attempt(name, resource.setrlimit, kind, tuple(limit + 1 for limit in resource.getrlimit(kind)))
        attempt('other', resource.prlimit, 1, resource.RLIMIT_CPU, (0, 0))
        """,
    ),
    Attack(
        "foreign_abi",
        """
        code = bytes.fromhex('b814000040' '0f05' 'c3') if platform.machine() == 'x86_64' else None  # mov eax, x32 writev; syscall; ret
        if code is None:
            os._exit(9)
        page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        page.write(code)
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        ctypes.CFUNCTYPE(ctypes.c_long)(address)()
        print('ESCAPED')
        """,
        closed=True,
    ),
    Attack(
        "i386_calls",
        """
        if platform.machine() != 'x86_64':
            os._exit(9)
        page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        page.write(bytes.fromhex('b814000000' 'cd80' 'c3'))  # mov eax, getpid of i386; int 0x80; ret
        ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
        print('ESCAPED')
        """,
        closed=True,
    ),
    Attack(
        "execute_something",
        """
        for path in ('/bin/sh', '/usr/bin/env', sys.executable, '/opt/python/bin/python3', '/usr/lib/x'):
            attempt(path, lambda: subprocess.run([path, '--version']) if 'python' not in path else 1 / 0)
        with open('tool', 'wb') as file:
            file.write(b'#!/bin/sh\\necho ESCAPED\\n')
        os.chmod('tool', 0o4755)
        attempt('script', os.execv, './tool', ['tool'])
        attempt('system', lambda: os.system('echo ESCAPED') and 1 / 0)
        """,
    ),
    Attack(
        "library_from_the_work_folder",
        """
        import shutil
        import _ctypes
        shutil.copy(_ctypes.__file__, 'own.so')
        attempt('dlopen', ctypes.CDLL, '/home/user/own.so')
        with open('own.so', 'rb') as file:
            attempt('executable map', mmap.mmap, file.fileno(), 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_EXEC)
        """,
    ),
]
PROCESSES = [
    Attack(
        "signals_to_others",
        """
        for pid in (1, -1, 0):
            for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGINT):
                if pid == 1:
                    os.kill(pid, number)
        for pid in range(3, 4000):
            attempt(pid, os.kill, pid, 9) if False else None
        print(os.getpid())
        """,
    ),
    Attack(
        "kill_everything",
        """
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.kill(-1, signal.SIGTERM)
        try: os.kill(-1, signal.SIGKILL)
        except ProcessLookupError: pass
        """,
    ),
    Attack(
        "parent_is_out_of_reach",
        """
        attempt('ptrace', syscall, 'ptrace', 16, 1, 0, 0)
        attempt('traceme', syscall, 'ptrace', 0, 0, 0, 0)
        vector = struct.pack('PQ', 4096, 8)
        attempt('process_vm_readv', syscall, 'process_vm_readv', 1, vector, 1, vector, 1, 0)
        attempt('process_vm_writev', syscall, 'process_vm_writev', 1, vector, 1, vector, 1, 0)
        attempt('pidfd_open', syscall, 'pidfd_open', 1, 0)
        attempt('pidfd_getfd', syscall, 'pidfd_getfd', 3, 0, 0)
        attempt('kcmp', syscall, 'kcmp', 1, os.getpid(), 0, 0, 0)
        attempt('priority', os.setpriority, os.PRIO_PROCESS, 1, 19)
        attempt('priority of the user', os.setpriority, os.PRIO_USER, 0, 19)
        attempt('affinity', os.sched_setaffinity, 1, [0])
        """,
    ),
    Attack(
        "owner_of_a_descriptor",
        """
        import fcntl
        a, b = socket.socketpair()
        attempt('F_SETOWN', fcntl.fcntl, a, 8, 1)
        attempt('F_SETSIG', fcntl.fcntl, a, 10, 9)
        attempt('F_SETPIPE_SZ', fcntl.fcntl, os.pipe()[0], 1031, 1 << 20)
        attempt('F_SETLEASE', fcntl.fcntl, os.open('x', os.O_CREAT), 1024, 1)
        attempt('TIOCSTI', fcntl.ioctl, 0, 0x5412, b'x')
        """,
    ),
    Attack(
        "shared_memory_of_others",
        """
        for name, args in dict(shmget=(1, 4096, 0o1666), msgget=(1, 0o1666), semget=(1, 1, 0o1666), mq_open=(b'x', 0o102, 0o666, None),
                               memfd_create=(b'x', 0), memfd_secret=(0,)).items():
            attempt(name, syscall, name, *args)
        """,
    ),
]


@pytest.mark.parametrize("attack", [*FILES, *NETWORK, *PRIVILEGES, *PROCESSES], ids=lambda attack: attack.name)
async def test_contained(attack: Attack) -> None:
    await run_attack(attack)


async def test_nothing_reaches_a_server_on_the_loopback() -> None:
    reached = []

    async def on_connect(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.append(1)
        writer.close()

    server = await asyncio.start_server(on_connect, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    code = f"""
    for address in ('127.0.0.1', 'localhost', '0.0.0.0', '::1', '10.0.0.1'):
        attempt(address, socket.create_connection, (address, {port}), 1)
    """
    await run_attack(Attack("loopback", code))
    server.close()
    await server.wait_closed()
    assert not reached


async def test_a_session_sees_only_its_own_processes() -> None:
    code = "import time\npids = [pid for pid in range(2, 3000) if pid != os.getpid() and not _gone(pid)]\nprint(pids)"
    gone = "def _gone(pid):\n    try: os.kill(pid, 0)\n    except ProcessLookupError: return True\n    return False\n"
    result = await run_attack(Attack("neighbours", gone + code))
    assert result.stdout == "[]\n"
