using System.Globalization;
using System.IO.Compression;
using Unroll.Layers;
using Unroll.Models;
using Unroll.ModelTool.Commands;
using Unroll.Tests.Support;

namespace Unroll.Keras.Tests.ToolTests;

/// <summary>What the tool said and did.</summary>
/// <param name="ExitCode">What the shell hears.</param>
/// <param name="Output">What was printed.</param>
/// <param name="Errors">Notes and errors.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The numbers of a printed CSV, without the line of names.</summary>
    public float[] Numbers => Bench.Numbers(Output);
}

/// <summary>A folder with models in it, and the tool run in this process.</summary>
internal sealed class Bench : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("unroll-tool-");

    /// <summary>A published file of Keras.</summary>
    public static string Published(string name) => Path.Combine(Repository.Root, "tests", "Unroll.Keras.Tests", "Data", "keras", name);

    public static ToolResult Run(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        var exitCode = Tool.Run(arguments, output, errors);
        return new ToolResult(exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>All is well, and nothing is to be said.</summary>
    public static ToolResult Fine(params string[] arguments)
    {
        var result = Run(arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result;
    }

    /// <summary>It is refused, in few lines, and says all of the words.</summary>
    public static void Refused(int exitCode, string[] arguments, params string[] words)
    {
        var result = Run(arguments);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        foreach (var word in words)
            Assert.Contains(word, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("This should not happen", result.Errors, StringComparison.Ordinal);
        Assert.InRange(result.Errors.TrimEnd().Split('\n').Length, 1, 3);
    }

    public static float[] Numbers(string csv) =>
        [.. csv.TrimEnd().Split('\n').Skip(1).SelectMany(line => line.Split(',')).Select(word => float.Parse(word, CultureInfo.InvariantCulture))];

    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>The files that are there, drafts included.</summary>
    public string[] Files => [.. _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public string Text(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>A stack of two LSTMs on (time, features), as most published ones are.</summary>
    public (Model Model, string Path) Stack(int? time = 3, int features = 2)
    {
        var x = new Input(Shape.Create([time, features]), name: "series");
        var y = new LSTM(4, returnSequences: true, name: "first").Apply(x);
        return Saved(new Model(x, new Dense(2, name: "answer").Apply(new LSTM(3, name: "second").Apply(y)), name: "stack"));
    }

    /// <summary>One layer on plain features.</summary>
    public (Model Model, string Path) Plain(int features = 3) =>
        Saved(new Sequential([new Dense(1, inputShape: [features], name: "price")], name: "plain"));

    /// <summary>Two inputs, one of which a model within takes, and two outputs.</summary>
    public (Model Model, string Path) Branches()
    {
        var (left, right) = (new Input([2], name: "left"), new Input([3], name: "right"));
        var shared = new Dense(2, name: "shared");
        var inner = new Sequential([new Dense(2, inputShape: [3], name: "inside")], name: "within");
        var joined = new Add(name: "joined").Apply([shared.Apply(left), shared.Apply(inner.Apply(right))]);
        return Saved(new Model([left, right], [joined, new Dense(1, name: "one").Apply(joined)], name: "branches"));
    }

    /// <summary>A file with a layer that nobody knows.</summary>
    public string Unknown()
    {
        var (_, path) = Stack();
        using var archive = ZipFile.Open(path, ZipArchiveMode.Update);
        var entry = archive.GetEntry("config.json")!;
        string config;
        using (var reader = new StreamReader(entry.Open()))
            config = reader.ReadToEnd();
        entry.Delete();
        using var writer = new StreamWriter(archive.CreateEntry("config.json").Open());
        writer.Write(config.Replace("\"class_name\":\"LSTM\"", "\"class_name\":\"Mystery\"", StringComparison.Ordinal));
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private (Model Model, string Path) Saved(Model model)
    {
        var path = this[$"{model.Name}.keras"];
        model.Save(path);
        return (model, path);
    }
}
