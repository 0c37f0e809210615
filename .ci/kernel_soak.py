"""The installed kernel over a long day: many cells, many clients, many broken messages, and processes that are shot."""
import concurrent.futures
import hashlib
import hmac
import json
import logging
import os
import pathlib
import queue
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import zmq
from jupyter_client import BlockingKernelClient, KernelManager

# Sockets that were closed a moment ago make the client library's event loop complain.
logging.getLogger("asyncio").setLevel(logging.CRITICAL)

KERNEL = ".net-csharp"
MEGABYTE = 1024 * 1024


def resident(process):
    """The bytes of memory that a process holds."""
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS:"))


def children(process):
    """The processes that a process has started and that still run."""
    lists = pathlib.Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for each in lists for child in each.read_text().split()]


def is_running(process):
    try:
        return " Z " not in pathlib.Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(condition, what, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds} s still not: {what}")
        time.sleep(0.05)


def command_of(process):
    return pathlib.Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")


class Soak(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.log = open(self.folder / "kernel.log", "w+")
        self.addCleanup(self.log.close)
        self.manager = KernelManager(kernel_name=KERNEL)
        self.manager.start_kernel(cwd=str(self.folder), stderr=self.log)
        self.addCleanup(self.stop)
        self.client = self.connect()
        self.process = self.manager.provisioner.pid
        self.run_cell("var kept = 41;")

    def stop(self):
        if self.manager.is_alive():
            self.manager.shutdown_kernel(now=True)
        else:
            self.manager.cleanup_resources()
        self.log.seek(0)
        sys.stderr.write("".join(self.log.readlines()[-20:]))

    def connect(self):
        client = BlockingKernelClient(connection_file=self.manager.connection_file)
        client.load_connection_file()
        client.start_channels()
        self.addCleanup(client.stop_channels)
        client.wait_for_ready(timeout=60)
        return client

    def run_cell(self, code, client=None, seconds=60):
        """Runs a cell; its reply, and its outputs: text and values in one string."""
        shown = []

        def show(message):
            content = message["content"]
            shown.append(content.get("text") or content.get("data", {}).get("text/plain", ""))

        reply = (client or self.client).execute_interactive(code, timeout=seconds, output_hook=show)
        return reply["content"], "".join(shown)

    def value(self, code, client=None):
        reply, shown = self.run_cell(code, client)
        self.assertEqual("ok", reply["status"], reply)
        return shown

    def session(self):
        """The process that runs the cells."""
        return int(self.value("Environment.ProcessId"))

    def test_thousand_cells(self):
        """
        A cell is an assembly, and assemblies of scripts are never unloaded. For each of them the compiler keeps what the
        later ones may ask: its symbols, and a table of all the framework's assemblies. That is what grows.
        """
        kinds = (
            "var number{0} = {0};",
            "Console.WriteLine({0});",
            "int Twice{0}(int n) => 2 * n;\nTwice{0}({0})",
            "Enumerable.Range(0, 10).Select(n => n * {0}).ToArray()",
            "record Point{0}(int X, string Name);\nnew Point{0}({0}, \"p\")",
        )
        session = self.session()
        for number in range(20):
            self.value(kinds[number % 5].format(f"9{number:04}"))
        objects = [self.objects()]
        before = (resident(session), resident(self.process))
        for hundred in range(10):
            start = time.perf_counter()
            for number in range(100 * hundred, 100 * hundred + 100):
                self.value(kinds[number % 5].format(number))
            pace = (time.perf_counter() - start) * 10
            print(f"cells {100 * hundred + 100:5}: {pace:5.1f} ms a cell, session {resident(session) / MEGABYTE:4.0f} MB, "
                  f"kernel {resident(self.process) / MEGABYTE:4.0f} MB")
        after = (resident(session), resident(self.process))
        objects.append(self.objects())
        growth = [(b - a) / 1000 / 1024 for a, b in ((before[0], after[0]), (before[1], after[1]), objects)]
        print(f"1,000 cells: the session holds {after[0] / MEGABYTE:.0f} MB and grew by {growth[0]:.0f} KB for each cell, "
              f"{growth[2]:.0f} KB of them objects; the kernel holds {after[1] / MEGABYTE:.0f} MB, {growth[1]:.0f} KB for each cell")
        self.assertEqual("41", self.value("kept"))
        self.assertLess(growth[0], 400)
        self.assertLess(growth[1], 100)

    def objects(self):
        """The bytes of the session's objects after a collection."""
        return int(self.value("GC.GetTotalMemory(forceFullCollection: true)"))

    def test_twenty_clients_at_once(self):
        clients = [self.connect() for _ in range(20)]
        start = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(len(clients)) as pool:
            for done in [pool.submit(self.use, client, number) for number, client in enumerate(clients)]:
                done.result()
        print(f"20 clients at once: 10 cells each, all replies and outputs in {time.perf_counter() - start:.1f} s")

    def use(self, client, number):
        """Sends ten cells at once; all that is answered must be for them, in order, and complete."""
        cells = [client.execute(f'Console.WriteLine("client {number}, cell {cell}");\n{100 * number + cell}') for cell in range(10)]
        replies = [client.get_shell_msg(timeout=120) for _ in cells]
        self.assertEqual(cells, [reply["parent_header"]["msg_id"] for reply in replies])
        self.assertEqual({"ok"}, {reply["content"]["status"] for reply in replies})
        for cell, request in enumerate(cells):
            shown = []
            while not shown or shown[-1] != "idle":
                message = client.get_iopub_msg(timeout=120)
                if message["parent_header"].get("msg_id") == request:
                    content = message["content"]
                    shown.append(content.get("execution_state") or content.get("text") or content.get("data", {}).get("text/plain", ""))
            self.assertEqual(["busy", "", f"client {number}, cell {cell}\n", str(100 * number + cell), "idle"], shown)
        with self.assertRaises(queue.Empty):
            client.get_shell_msg(timeout=0.2)

    def test_ten_thousand_malformed_messages(self):
        dice = random.Random(2026)
        connection = json.loads(pathlib.Path(self.manager.connection_file).read_text())
        before = resident(self.process)
        start = time.perf_counter()
        with zmq.Context() as context:
            sockets = [context.socket(zmq.DEALER) for _ in range(2)]
            for name, each in zip(("shell", "control"), sockets):
                each.rcvtimeo = 60_000
                each.connect(f"tcp://127.0.0.1:{connection[name + '_port']}")
            for number in range(10_000):
                sockets[number % 2].send_multipart(self.malformed(dice, connection["key"].encode()))
            peak = resident(self.process)
            for each in sockets:
                # The answer to the one good message says that all before it were read.
                each.send_multipart(self.client.session.serialize(self.client.session.msg("kernel_info_request")))
                self.assertIn(b"kernel_info_reply", b"".join(each.recv_multipart()))
            halves = [self.broken(dice, connection[name + "_port"]) for name in ("shell", "control", "stdin", "iopub", "hb") for _ in range(60)]
            self.assertEqual("41", self.value("kept"))
            for each in halves + sockets:
                each.close()
        took = time.perf_counter() - start
        self.assertEqual("41", self.value("kept", self.connect()))
        after = resident(self.process)
        print(f"10,000 malformed messages and 300 broken connections in {took:.1f} s: the kernel held {before / MEGABYTE:.0f} MB, "
              f"{peak / MEGABYTE:.0f} MB while they came, and {after / MEGABYTE:.0f} MB after")
        self.assertLess(after - before, 64 * MEGABYTE)

    @staticmethod
    def malformed(dice, key):
        """A message that no kernel may obey: noise, a wrong signature, or a right one over nonsense."""
        header = json.dumps({"msg_id": str(dice.random()), "msg_type": "execute_request", "session": "x", "version": "5.3"}).encode()
        frames = [header, b"{}", b"{}", b'{"code": "var kept = 0;"}']
        kind = dice.randrange(5)
        if kind == 0:
            return [dice.randbytes(dice.randrange(300)) for _ in range(dice.randrange(1, 9))]
        if kind == 1:
            return [b"<IDS|MSG>", dice.randbytes(32).hex().encode(), *frames]
        if kind == 2:
            return [b"<IDS|MSG>", b"", *frames]
        if kind == 3:
            return [b"<IDS|MSG>", *frames[: dice.randrange(4)]]
        frames[dice.randrange(1, 4)] = dice.randbytes(dice.randrange(1, 5000))
        frames[0] = dice.choice((b"", b"null", b"[" * 1000, dice.randbytes(100)))
        return [b"<IDS|MSG>", hmac.new(key, b"".join(frames), hashlib.sha256).hexdigest().encode(), *frames]

    @staticmethod
    def broken(dice, port):
        """A connection that says half a greeting, or noise, or announces more than there is in the world, and then nothing."""
        greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)
        said = dice.choice((
            greeting[: dice.randrange(1, 64)],
            dice.randbytes(200),
            greeting + b"\x06" + b"\x7f" * 8 + bytes(100),
            greeting + dice.randbytes(100),
        ))
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(said)
        return connection

    def begin_endless_cell(self):
        """A cell that started a process of its own and never ends: the session's process, and that one."""
        session = self.session()
        request = self.client.execute('System.Diagnostics.Process.Start("sleep", "1000");\nConsole.WriteLine("begun");\nwhile (true) { }')
        wait_until(lambda: any(command_of(child).startswith("sleep") for child in children(session)), "the cell runs")
        return session, children(session)[0], request

    def test_session_is_shot(self):
        session, started, request = self.begin_endless_cell()
        self.assertTrue(command_of(started).startswith("sleep"))
        os.kill(session, signal.SIGKILL)
        reply = self.client.get_shell_msg(timeout=30)
        while reply["parent_header"]["msg_id"] != request:
            reply = self.client.get_shell_msg(timeout=30)
        self.assertEqual("error", reply["content"]["status"])
        self.assertIn("variables are gone", reply["content"]["traceback"][-1])
        wait_until(lambda: not is_running(session) and not is_running(started), "no orphan")
        self.assertEqual("42", self.value("var kept = 42;\nkept"))
        print(f"the session was shot: {reply['content']['evalue']}; nothing of it was left, and the next cell ran")

    def test_kernel_is_shot(self):
        session, started, _ = self.begin_endless_cell()
        os.kill(self.process, signal.SIGKILL)
        wait_until(lambda: not is_running(session) and not is_running(started), "no orphan")
        print("the kernel was shot: nothing of it was left")


class ShotRuns(unittest.TestCase):
    """`run` while one of its processes is shot."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.notebook = pathlib.Path(folder.name) / "endless.ipynb"
        cells = ("Console.WriteLine(1);", 'System.Diagnostics.Process.Start("sleep", "1000");\nwhile (true) { }', "Console.WriteLine(3);")
        self.notebook.write_text(json.dumps({
            "cells": [{"cell_type": "code", "id": f"c{number}", "metadata": {}, "execution_count": None, "outputs": [], "source": code}
                      for number, code in enumerate(cells)],
            "metadata": {"kernelspec": {"name": KERNEL, "display_name": ".NET (C#)", "language": "C#"}},
            "nbformat": 4, "nbformat_minor": 5}))
        self.before = self.notebook.read_text()
        self.output = self.notebook.parent / "output"
        program = KernelManager(kernel_name=KERNEL).kernel_spec.argv[:3]
        self.runner = subprocess.Popen(
            [*program, "run", "--output", str(self.output), str(self.notebook)], stdout=subprocess.PIPE, text=True, cwd=folder.name)
        self.addCleanup(self.runner.stdout.close)
        wait_until(lambda: any(map(children, children(self.runner.pid))), "the cell runs", seconds=60)
        self.session = next(child for child in children(self.runner.pid) if children(child))
        self.started = children(self.session)[0]

    def is_all_gone(self):
        return not any(map(is_running, (self.session, self.started)))

    def test_session_is_shot(self):
        os.kill(self.session, signal.SIGKILL)
        self.assertEqual(1, self.runner.wait(timeout=60))
        wait_until(self.is_all_gone, "no orphan")
        self.assertEqual(self.before, self.notebook.read_text())
        self.assertEqual(["endless.html", "endless.ipynb", "index.html"], sorted(file.name for file in self.output.iterdir()))
        outputs = [cell["outputs"] for cell in json.loads((self.output / "endless.ipynb").read_text())["cells"]]
        self.assertEqual((["1\n"], "error", []), (outputs[0][0]["text"], outputs[1][-1]["output_type"], outputs[2]))
        print(f"a run's session was shot: {outputs[1][-1]['evalue']}; the copy is whole, nothing was left")

    def test_runner_is_shot(self):
        self.runner.kill()
        self.runner.wait(timeout=60)
        wait_until(self.is_all_gone, "no orphan")
        self.assertEqual(self.before, self.notebook.read_text())
        self.assertFalse(self.output.exists() and any(self.output.iterdir()))
        print("the runner was shot: no copy was written, nothing was left")


if __name__ == "__main__":
    unittest.main()
