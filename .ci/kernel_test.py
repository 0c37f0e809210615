"""The installed kernel, seen through Jupyter's own tests of kernels, and what those do not ask."""
import time
import unittest

import jupyter_kernel_test


class CSharpKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = ".net-csharp"
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oh no");'
    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": '"text".ToUpperI', "matches": {"ToUpperInvariant"}},
        {"text": "Enumerable.Ran", "matches": {"Range"}},
    ]
    complete_code_samples = ["1 + 1", "int Twice(int n) => 2 * n;", "if (true) { }"]
    incomplete_code_samples = ["class A {", "Console.WriteLine("]
    invalid_code_samples = ["var x = ;"]
    code_generate_error = 'throw new InvalidOperationException("as it should");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": "6 * 70", "result": "420"},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"},
        {"code": '"<svg/>".DisplayAs("image/svg+xml");', "mime": "image/svg+xml"},
    ]
    code_page_something = "Console.WriteLine?"
    code_clear_output = "ClearOutput();"
    code_history_pattern = "6 [*] 7?"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Console.WriteLine"

    def run_cell(self, code, **options):
        outputs = []
        reply = self.kc.execute_interactive(code, timeout=30, output_hook=outputs.append, **options)
        return reply["content"], outputs

    def interrupt(self, code):
        """Starts an endless cell, interrupts it, and returns its reply."""
        request = self.kc.execute(code)
        time.sleep(1.5)
        self.km.interrupt_kernel()
        while True:
            reply = self.kc.get_shell_msg(timeout=20)
            if reply["parent_header"].get("msg_id") == request:
                return reply["content"]

    def test_interrupts_keep_variables(self):
        self.run_cell("var kept = 123;")
        for code in (
            "while (true) { }",
            "Thread.Sleep(1_000_000);",
            "await Task.Delay(1_000_000);",
            "await Task.Delay(1); while (true) { }",
            'while (true) Console.Write("x");',
            "while (true) try { Thread.Sleep(1000); } catch (Exception) { }",
        ):
            with self.subTest(code=code):
                reply = self.interrupt("using System.Threading;\n" + code)
                self.assertEqual(reply["status"], "error", reply)
                self.assertEqual(reply["ename"], "Interrupted", reply)
                self.assertIn("are kept", reply["evalue"])
                self.flush_channels()
                reply, outputs = self.run_cell("kept")
                self.assertEqual(reply["status"], "ok", reply)
                self.assertIn("123", [o["content"]["data"]["text/plain"] for o in outputs if o["msg_type"] == "execute_result"])

    def test_input(self):
        asked = []

        def answer(message):
            asked.append(message["content"])
            self.kc.input("Ada")

        _, outputs = self.run_cell('Console.WriteLine($"<{Console.ReadLine()}>");', allow_stdin=True, stdin_hook=answer)
        self.assertEqual(1, len(asked))
        self.assertEqual("<Ada>\n", "".join(o["content"]["text"] for o in outputs if o["msg_type"] == "stream"))
        reply, _ = self.run_cell("Console.ReadLine()", allow_stdin=False)
        self.assertEqual("error", reply["status"])

    def test_death_is_reported_and_survived(self):
        reply, _ = self.run_cell("Environment.Exit(3);")
        self.assertEqual("ProcessExit", reply["ename"])
        self.assertIn("variables are gone", reply["traceback"][-1])
        reply, _ = self.run_cell("1 + 1")
        self.assertEqual("ok", reply["status"])

    def test_earlier_cells_complete_quickly(self):
        self.run_cell("var carrots = new List<int> { 1, 2 };")
        for text, expected in (("carr", "carrots"), ("carrots.Cou", "Count"), ("carrots.Sele", "Select")):
            self.kc.complete(text)
            self.get_non_kernel_info_reply(timeout=10)
            start = time.perf_counter()
            self.kc.complete(text)
            reply = self.get_non_kernel_info_reply(timeout=10)
            took = time.perf_counter() - start
            print(f"completion of {text!r}: {1000 * took:.0f} ms")
            self.assertIn(expected, reply["content"]["matches"])

    def test_inspect_says_signature_and_documentation(self):
        self.kc.inspect("Math.Max", 8)
        text = self.get_non_kernel_info_reply(timeout=10)["content"]["data"]["text/plain"]
        self.assertIn("Max(", text)


if __name__ == "__main__":
    unittest.main()
