using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>
/// Writes a run as Visual Studio's test results: a test for each code cell, and one for a notebook that failed as a
/// whole.
/// </summary>
internal sealed class TrxReport
{
    private const string AllResults = "19431567-8539-422a-85d7-44ee4e166bda";
    private const string NoList = "8c84fa94-04c1-424b-9868-57a2d4851a1d";
    private const string UnitTestType = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";
    private static readonly XNamespace Names = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private readonly DateTimeOffset _start;
    private readonly List<Test> _tests = [];

    private TrxReport(IEnumerable<NotebookResult> results, DateTimeOffset start)
    {
        _start = start;
        foreach (var notebook in results)
            _tests.AddRange(TestCase.Of(notebook).Select(test => new Test(test)));
    }

    /// <summary>Writes the report to <paramref name="path"/>, whole or not at all.</summary>
    public static void Write(string path, IEnumerable<NotebookResult> results, DateTimeOffset start) =>
        AtomicFile.Write(path, new TrxReport(results, start).ToXml(DateTimeOffset.UtcNow).ToString() + "\n");

    private XElement ToXml(DateTimeOffset end) => new(
        Names + "TestRun",
        new XAttribute("id", Guid.NewGuid()),
        new XAttribute("name", $"Notebooks {Time(_start)}"),
        new XElement(
            Names + "Times",
            new XAttribute("creation", Time(_start)),
            new XAttribute("queuing", Time(_start)),
            new XAttribute("start", Time(_start)),
            new XAttribute("finish", Time(end))),
        new XElement(Names + "Results", _tests.Select(ResultXml)),
        new XElement(Names + "TestDefinitions", _tests.Select(DefinitionXml)),
        new XElement(Names + "TestEntries", _tests.Select(test => new XElement(
            Names + "TestEntry",
            new XAttribute("testId", test.Id),
            new XAttribute("executionId", test.ExecutionId),
            new XAttribute("testListId", NoList)))),
        new XElement(
            Names + "TestLists", ListXml("Results Not in a List", NoList), ListXml("All Loaded Results", AllResults)),
        SummaryXml());

    private XElement ResultXml(Test test)
    {
        var result = new XElement(
            Names + "UnitTestResult",
            new XAttribute("executionId", test.ExecutionId),
            new XAttribute("testId", test.Id),
            new XAttribute("testName", test.Name),
            new XAttribute("computerName", Environment.MachineName),
            new XAttribute("duration", test.Case.Duration.ToString("hh\\:mm\\:ss\\.fffffff", CultureInfo.InvariantCulture)),
            new XAttribute("startTime", Time(_start)),
            new XAttribute("endTime", Time(_start + test.Case.Duration)),
            new XAttribute("testType", UnitTestType),
            new XAttribute("outcome", test.Outcome),
            new XAttribute("testListId", NoList));
        if (test.Case.Message.Length > 0)
        {
            result.Add(new XElement(
                Names + "Output",
                new XElement(
                    Names + "ErrorInfo",
                    new XElement(Names + "Message", test.Case.Message),
                    new XElement(Names + "StackTrace", test.Case.Details))));
        }

        return result;
    }

    private static XElement DefinitionXml(Test test) => new(
        Names + "UnitTest",
        new XAttribute("name", test.Name),
        new XAttribute("storage", test.Case.Notebook),
        new XAttribute("id", test.Id),
        new XElement(Names + "Execution", new XAttribute("id", test.ExecutionId)),
        new XElement(
            Names + "TestMethod",
            new XAttribute("codeBase", test.Case.Notebook),
            new XAttribute("adapterTypeName", "executor://unroll.notebooks/1"),
            new XAttribute("className", test.Case.Notebook),
            new XAttribute("name", test.Name)));

    private XElement SummaryXml()
    {
        int Count(string outcome) => _tests.Count(test => test.Outcome == outcome);
        return new XElement(
            Names + "ResultSummary",
            new XAttribute("outcome", Count("Failed") > 0 ? "Failed" : "Completed"),
            new XElement(
                Names + "Counters",
                new XAttribute("total", _tests.Count),
                new XAttribute("executed", _tests.Count - Count("NotExecuted")),
                new XAttribute("passed", Count("Passed")),
                new XAttribute("failed", Count("Failed")),
                new XAttribute("notExecuted", Count("NotExecuted"))));
    }

    private static XElement ListXml(string name, string id) =>
        new(Names + "TestList", new XAttribute("name", name), new XAttribute("id", id));

    private static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>One test; its id follows from its name, so that runs can be compared.</summary>
    private sealed record Test(TestCase Case)
    {
        public string Name { get; } = $"{Case.Notebook} {Case.Cell}".TrimEnd();

        public Guid Id => new(SHA256.HashData(Encoding.UTF8.GetBytes(Name)).AsSpan(0, 16));

        public Guid ExecutionId { get; } = Guid.NewGuid();

        public string Outcome => Case.Outcome switch
        {
            TestOutcome.Passed => "Passed",
            TestOutcome.Failed => "Failed",
            _ => "NotExecuted",
        };
    }
}
