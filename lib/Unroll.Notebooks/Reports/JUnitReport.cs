using System.Globalization;
using System.Xml.Linq;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>
/// Writes a run as JUnit's XML, which GitLab, Jenkins and others read: a suite for each notebook, a test for each cell.
/// </summary>
internal static class JUnitReport
{
    /// <summary>Writes the report to <paramref name="path"/>, whole or not at all.</summary>
    public static void Write(string path, IEnumerable<NotebookResult> results, DateTimeOffset start)
    {
        List<(NotebookResult Notebook, List<TestCase> Tests)> suites = [.. results.Select(each => (each, TestCase.Of(each).ToList()))];
        var root = new XElement(
            "testsuites",
            new XAttribute("name", "notebooks"),
            Counts([.. suites.SelectMany(suite => suite.Tests)]),
            Seconds(TimeSpan.FromTicks(suites.Sum(suite => suite.Notebook.Duration.Ticks))),
            suites.Select(suite => new XElement(
                "testsuite",
                new XAttribute("name", VisibleText.Of(suite.Notebook.Shown)),
                Counts(suite.Tests),
                Seconds(suite.Notebook.Duration),
                new XAttribute("timestamp", start.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)),
                suite.Tests.Select(Test))));
        AtomicFile.Write(path, $"""<?xml version="1.0" encoding="utf-8"?>{'\n'}{root}{'\n'}""");
    }

    private static XAttribute[] Counts(List<TestCase> tests) =>
    [
        new("tests", tests.Count),
        new("failures", tests.Count(test => test.Outcome == TestOutcome.Failed)),
        new("errors", 0),
        new("skipped", tests.Count(test => test.Outcome == TestOutcome.NotRun)),
    ];

    private static XElement Test(TestCase test)
    {
        var message = new XAttribute("message", test.Message);
        return new XElement(
            "testcase",
            new XAttribute("classname", test.Notebook),
            new XAttribute("name", test.Cell.Length > 0 ? test.Cell : "the notebook as a whole"),
            Seconds(test.Duration),
            test.Outcome switch
            {
                TestOutcome.Failed => new XElement(
                    "failure", message, new XAttribute("type", test.Kind), test.Details),
                TestOutcome.NotRun => new XElement("skipped", message),
                _ => null,
            });
    }

    private static XAttribute Seconds(TimeSpan duration) =>
        new("time", duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
}
