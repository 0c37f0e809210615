#!/usr/bin/env python3
"""What a class costs this machine: logs students in, opens a lesson for each, runs it, and adds up memory and processor time.

    CLASS_PASSWORD=… python3 deploy/class_load.py --students 20 [--prefix student] [--lesson 01-stacked-lstm.ipynb]

Run it as root on the machine of the hub (docs/class.md), whose accounts student01, student02, … have the one password. Each
goes the way a browser goes: the form, the redirects, the cookies, a kernel for the lesson, a websocket. All of them log in at
the same moment. Only addresses on this machine are asked.
"""
import argparse
import json
import os
import pwd
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar, DefaultCookiePolicy

import websocket

TICKS = os.sysconf("SC_CLK_TCK")


class Student:
    """One browser, with its own cookies."""

    def __init__(self, hub, name, password):
        self.hub, self.name, self.password = hub, name, password
        # The cookies of localhost names without a dot, which the default policy does not send back.
        self.jar = CookieJar(DefaultCookiePolicy(strict_domain=False))
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.home = f"/user/{urllib.parse.quote(name)}"
        self.times = {}

    def open(self, path, data=None, as_json=False):
        request = urllib.request.Request(self.hub + path, data=data, headers={"Referer": self.hub + path})
        if as_json:
            request.add_header("Content-Type", "application/json")
            request.add_header("X-XSRFToken", self.cookie("_xsrf", self.home))
        with self.opener.open(request, timeout=300) as answer:
            return answer.geturl(), answer.read()

    def cookie(self, name, path):
        fits = [each for each in self.jar if each.name == name and (path + "/").startswith(each.path)]
        return max(fits, key=lambda each: len(each.path)).value

    def log_in(self):
        start = time.monotonic()
        self.open("/hub/login")
        form = {"username": self.name, "password": self.password, "_xsrf": self.cookie("_xsrf", "/hub")}
        self.open("/hub/login?next=%2Fhub%2Fhome", urllib.parse.urlencode(form).encode())
        # Until the server answers: a page that waits, or one that says that too many start at once.
        page = f"/hub/spawn/{self.name}"
        for _ in range(600):
            try:
                place, _ = self.open(page)
                page = f"{self.home}/lab"
                if place.startswith(f"{self.hub}{page}"):
                    break
            except urllib.error.HTTPError as error:
                if error.code not in (429, 503):
                    raise
            time.sleep(0.5)
        else:
            raise TimeoutError(f"{self.name}: the server did not start")
        self.times["login to lab"] = time.monotonic() - start
        specs = json.loads(self.open(f"{self.home}/api/kernelspecs")[1])
        self.kernels = sorted(specs["kernelspecs"])

    def open_lesson(self, lesson):
        start = time.monotonic()
        self.notebook = json.loads(self.open(f"{self.home}/api/contents/lessons/notebooks/{lesson}")[1])["content"]
        body = {"path": f"lessons/notebooks/{lesson}", "name": lesson, "type": "notebook", "kernel": {"name": ".net-csharp"}}
        kernel = json.loads(self.open(f"{self.home}/api/sessions", json.dumps(body).encode(), as_json=True)[1])["kernel"]["id"]
        cookies = "; ".join(f"{each.name}={each.value}" for each in self.jar if (self.home + "/").startswith(each.path))
        place = f"ws{self.hub[4:]}{self.home}/api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
        self.socket = websocket.create_connection(place, timeout=300, header=[f"Cookie: {cookies}"], origin=self.hub)
        self.execute("1 + 1")
        self.times["kernel, first cell"] = time.monotonic() - start

    def execute(self, source):
        """The first error's text, or None."""
        message = uuid.uuid4().hex
        header = {"msg_id": message, "msg_type": "execute_request", "session": uuid.uuid4().hex, "username": self.name, "version": "5.3"}
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
        self.socket.send(json.dumps({
            "header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": [], "channel": "shell"}))
        error, replied, idle = None, False, False
        while not (replied and idle):
            got = json.loads(self.socket.recv())
            if got["parent_header"].get("msg_id") != message:
                continue
            if got["msg_type"] == "error":
                error = "\n".join([got["content"]["ename"], got["content"]["evalue"]])
            replied |= got["msg_type"] == "execute_reply"
            idle |= got["msg_type"] == "status" and got["content"]["execution_state"] == "idle"
        return error

    def run_lesson(self):
        start = time.monotonic()
        for cell in self.notebook["cells"]:
            source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            if cell["cell_type"] == "code" and source.strip():
                error = self.execute(source)
                if error and "raises-exception" not in cell["metadata"].get("tags", []):
                    raise RuntimeError(f"{self.name}: {error}")
        self.times["lesson"] = time.monotonic() - start


def processes(uids):
    """(kind, proportional memory in MB, processor seconds) of each process of these users."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{pid}").st_uid not in uids:
                continue
            rollup = open(f"/proc/{pid}/smaps_rollup").read()
            pss = sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
            fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
            words = open(f"/proc/{pid}/cmdline").read().split("\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        kind = "server" if "dotnet" not in words[0] else "kernel" if "{connection_file}" in words or "kernel" in words[2:5] else "session"
        yield kind, pss, (int(fields[11]) + int(fields[12])) / TICKS


def measure(title, uids, students):
    totals = {}
    for kind, pss, cpu in processes(uids):
        memory, used, count = totals.get(kind, (0, 0, 0))
        totals[kind] = (memory + pss, used + cpu, count + 1)
    parts = [f"{kind} {memory / students:.0f} MB ({count})" for kind, (memory, _, count) in sorted(totals.items())]
    whole = sum(memory for memory, _, _ in totals.values()) / students
    cpu = sum(used for _, used, _ in totals.values()) / students
    print(f"{title}: {whole:.0f} MB a student [{', '.join(parts)}], {cpu:.1f} s of processor so far", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=10)
    parser.add_argument("--prefix", default="student")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--lesson", default="01-stacked-lstm.ipynb")
    parser.add_argument("--idle", type=float, default=10, help="seconds of rest before memory is measured")
    parser.add_argument("--wait-for-culling", type=float, default=0, help="seconds in which the kernels should end by themselves")
    options = parser.parse_args()
    hub, password = f"http://127.0.0.1:{options.port}", os.environ["CLASS_PASSWORD"]
    students = [Student(hub, f"{options.prefix}{i:02}", password) for i in range(1, options.students + 1)]
    uids = {pwd.getpwnam(student.name).pw_uid for student in students}
    with ThreadPoolExecutor(len(students)) as crowd:
        for title, step in [
            ("servers", lambda each: each.log_in()),
            ("kernels idle", lambda each: each.open_lesson(options.lesson)),
            ("after the lesson", lambda each: each.run_lesson()),
        ]:
            start = time.monotonic()
            list(crowd.map(step, students))
            print(f"{title}: all {len(students)} after {time.monotonic() - start:.1f} s")
            time.sleep(options.idle)
            measure(title, uids, len(students))
    for name in students[0].times:
        times = sorted(each.times[name] for each in students)
        print(f"{name}: median {times[len(times) // 2]:.1f} s, slowest {times[-1]:.1f} s")
    print(f"kernels offered: {sorted({tuple(each.kernels) for each in students})}")
    if options.wait_for_culling:
        deadline = time.monotonic() + options.wait_for_culling
        while time.monotonic() < deadline and any(kind != "server" for kind, _, _ in processes(uids)):
            time.sleep(2)
        measure("after culling", uids, len(students))


if __name__ == "__main__":
    sys.exit(main())
