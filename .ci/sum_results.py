"""Adds up the test reports (TRX) of all test projects and prints the sum as the last line."""

import pathlib
import sys
import xml.etree.ElementTree as ElementTree

NAMESPACE = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}
passed = failed = skipped = 0
reports = list(pathlib.Path(sys.argv[1]).glob("**/*.trx"))
for report in reports:
    for result in ElementTree.parse(report).getroot().findall("t:Results/t:UnitTestResult", NAMESPACE):
        outcome = result.get("outcome")
        if outcome == "Passed":
            passed += 1
        elif outcome == "NotExecuted":
            skipped += 1
        else:
            failed += 1
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(0 if reports and passed and not failed else 1)
