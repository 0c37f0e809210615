using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>How long notebooks took, as the reports of earlier runs say.</summary>
internal static class RecordedTimes
{
    private static readonly string[] Patterns = ["*.xml", "*.trx"];

    /// <summary>
    /// The times by <see cref="ShardPlan.Name(string)"/>; of a notebook that several reports name, the average.
    /// </summary>
    /// <param name="paths">Reports of <c>--junit</c> and <c>--trx</c>, or folders of them.</param>
    /// <exception cref="InvalidDataException">One is missing or is not such a report.</exception>
    public static IReadOnlyDictionary<string, TimeSpan> Read(IEnumerable<string> paths) =>
        paths.SelectMany(Reports).SelectMany(ReadReport)
            .GroupBy(each => each.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => TimeSpan.FromTicks((long)group.Average(each => each.Time.Ticks)), StringComparer.Ordinal);

    private static IEnumerable<string> Reports(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        List<string> found =
        [
            .. Patterns.SelectMany(pattern => Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)).Order(StringComparer.Ordinal),
        ];
        return found.Count > 0 ? found : throw new InvalidDataException($"--times {path}: no report (*.xml, *.trx) in this folder");
    }

    private static List<(string Name, TimeSpan Time)> ReadReport(string path)
    {
        try
        {
            // A reader of its own, because it refuses document types, and with them what they could pull in.
            using var reader = XmlReader.Create(path);
            var root = XDocument.Load(reader).Root!;
            return root.Name.LocalName switch
            {
                "testsuites" => [.. root.Elements("testsuite").Select(Suite)],
                "TestRun" => [.. Tests(root)],
                _ => throw new FormatException($"its outermost element is {root.Name.LocalName}"),
            };
        }
        catch (Exception error) when (error is XmlException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"--times {path}: not a report of --junit or --trx: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"--times {path}: cannot be read: {error.Message}", error);
        }
    }

    private static (string Name, TimeSpan Time) Suite(XElement suite) => (
        ShardPlan.Name(Text(suite, "name")),
        TimeSpan.FromSeconds(double.Parse(Text(suite, "time"), NumberStyles.Float, CultureInfo.InvariantCulture)));

    /// <summary>There the tests alone have times, so a notebook's is their sum: it lacks the start of its process.</summary>
    private static IEnumerable<(string Name, TimeSpan Time)> Tests(XElement run)
    {
        var names = run.Name.Namespace;
        var storages = run.Descendants(names + "UnitTest").ToLookup(test => Text(test, "id"), test => Text(test, "storage"), StringComparer.Ordinal);
        return run.Descendants(names + "UnitTestResult")
            .Select(result => (
                Name: ShardPlan.Name(storages[Text(result, "testId")].FirstOrDefault() ?? ""),
                Time: TimeSpan.Parse(Text(result, "duration"), CultureInfo.InvariantCulture)))
            .GroupBy(each => each.Name, StringComparer.Ordinal)
            .Select(group => (group.Key, TimeSpan.FromTicks(group.Sum(each => each.Time.Ticks))));
    }

    private static string Text(XElement element, string attribute) =>
        element.Attribute(attribute)?.Value ?? throw new FormatException($"an element {element.Name.LocalName} has no attribute {attribute}");
}
