"""Tests of deploy/: what unroll-lessons does to a student's folder, and how its files hang together."""
import filecmp
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "deploy" / "unroll-lessons"


class LessonsTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.shared, self.home = Path(temporary.name, "shared"), Path(temporary.name, "home")
        self.target = self.home / "lessons"
        for name, text in {
            "notebooks/01.ipynb": "one", "notebooks/exercises/01.ipynb": "task", "notebooks/solutions/01.ipynb": "answer",
            "artifacts/lib/Unroll.dll": "library", "restored/abc.json": "{}",
        }.items():
            self.publish(name, text)
        self.home.mkdir()

    def publish(self, name, text):
        (self.shared / name).parent.mkdir(parents=True, exist_ok=True)
        (self.shared / name).write_text(text)

    def give(self, **variables):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), **variables}
        result = subprocess.run(
            [sys.executable, SCRIPT, self.shared, self.target], env=environment, capture_output=True, text=True, check=True)
        self.assertEqual("", result.stderr)
        return result.stdout.splitlines()

    def lesson(self, name="01.ipynb"):
        return self.target / "notebooks" / name

    def test_a_new_student_gets_everything_but_the_solutions(self):
        self.assertEqual(["gave 01.ipynb", "gave exercises/01.ipynb"], self.give())
        self.assertFalse(self.lesson("solutions").exists())
        self.assertEqual("library", (self.target / "artifacts/lib/Unroll.dll").read_text())
        self.assertEqual("{}", (self.home / ".local/share/unroll/packages/abc.json").read_text())

    def test_solutions_come_on_request(self):
        self.assertIn("gave solutions/01.ipynb", self.give(UNROLL_SOLUTIONS="1"))

    def test_nothing_happens_the_second_time(self):
        self.give()
        before = {path: path.stat().st_mtime_ns for path in self.target.rglob("*")}
        self.assertEqual([], self.give())
        self.assertEqual(before, {path: path.stat().st_mtime_ns for path in self.target.rglob("*")})

    def test_a_newer_lesson_replaces_one_that_nobody_changed(self):
        self.give()
        self.publish("notebooks/01.ipynb", "one, mended")
        self.assertEqual(["gave the new 01.ipynb"], self.give())
        self.assertEqual("one, mended", self.lesson().read_text())

    def test_work_stays_and_the_newer_lesson_lies_beside_it_once(self):
        self.give()
        self.lesson().write_text("my work")
        self.assertEqual([], self.give())
        self.publish("notebooks/01.ipynb", "one, mended")
        self.assertEqual(["01.ipynb was changed by its owner and stays; the new one is 01.new.ipynb"], self.give())
        self.assertEqual(("my work", "one, mended"), (self.lesson().read_text(), self.lesson("01.new.ipynb").read_text()))
        self.lesson("01.new.ipynb").unlink()
        self.assertEqual([], self.give())
        self.assertFalse(self.lesson("01.new.ipynb").exists())

    def test_work_beside_work_stays_too(self):
        self.give()
        self.lesson().write_text("my work")
        self.publish("notebooks/01.ipynb", "two")
        self.give()
        self.lesson("01.new.ipynb").write_text("my work in the new one")
        self.publish("notebooks/01.ipynb", "three")
        self.give()
        self.assertEqual("my work in the new one", self.lesson("01.new.ipynb").read_text())
        self.assertEqual("three", self.lesson("01.new2.ipynb").read_text())

    def test_work_under_the_name_of_a_lesson_that_was_never_given_stays(self):
        self.lesson().parent.mkdir(parents=True)
        self.lesson().write_text("mine")
        self.give()
        self.assertEqual("mine", self.lesson().read_text())

    def test_a_deleted_lesson_comes_back(self):
        self.give()
        self.lesson().unlink()
        self.assertEqual(["gave 01.ipynb"], self.give())

    def test_a_folder_in_the_way_and_a_broken_memory_stop_nothing(self):
        self.lesson().mkdir(parents=True)
        (self.target / ".unroll-lessons.json").write_text("{")
        self.assertEqual(["gave exercises/01.ipynb"], [line for line in self.give() if line.startswith("gave")])
        self.assertTrue(self.lesson().is_dir())

    def test_links_of_a_student_are_not_followed(self):
        outside = self.home / "outside.ipynb"
        outside.write_text("not a lesson")
        self.lesson().parent.mkdir(parents=True)
        self.lesson().symlink_to(outside)
        self.give()
        self.assertEqual("not a lesson", outside.read_text())

    def test_a_link_that_leads_nowhere_stops_nothing(self):
        self.lesson().parent.mkdir(parents=True)
        self.lesson().symlink_to(self.home / "gone")
        self.assertIn("gave exercises/01.ipynb", self.give())

    def test_a_library_that_moved_is_linked_anew(self):
        self.give()
        link = self.target / "artifacts"
        link.unlink()
        link.symlink_to("/elsewhere")
        self.give()
        self.assertEqual(str(self.shared / "artifacts"), os.readlink(link))


class FilesTest(unittest.TestCase):
    def test_every_link_of_a_page_in_docs_leads_somewhere(self):
        for page in (ROOT / "docs").glob("*.md"):
            for link in re.findall(r"\]\(([^)#]+)", page.read_text()):
                if not link.startswith("https:"):
                    self.assertTrue((page.parent / link).exists(), f"{page.name}: {link} is not there")

    def test_binder_builds_the_image_of_the_class(self):
        self.assertTrue(filecmp.cmp(ROOT / "deploy/Dockerfile", ROOT / "binder/Dockerfile", shallow=False))

    def test_the_dev_container_names_a_script_that_is_there(self):
        command = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text())["postCreateCommand"]
        self.assertTrue((ROOT / command.split()[-1]).is_file())

    def test_what_the_image_copies_is_what_lay_out_makes(self):
        script, image = (ROOT / "deploy/lay-out").read_text(), (ROOT / "deploy/Dockerfile").read_text()
        for part in ("/opt/unroll", "/usr/local", "/etc/jupyter", "bin/unroll-student"):
            self.assertIn(part.removeprefix("bin/"), script)
            self.assertIn(part, image)


if __name__ == "__main__":
    unittest.main()
