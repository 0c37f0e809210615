using System.CommandLine;
using System.Globalization;
using Unroll.Benchmarks.Measuring;
using Unroll.Benchmarks.Reporting;

namespace Unroll.Benchmarks.Startup;

/// <summary>The verb <c>startup</c>.</summary>
internal static class StartupVerb
{
    private const int Runs = 5;

    private const string OneCell = """
        {
          "cells": [
            { "cell_type": "code", "id": "one", "execution_count": null, "metadata": {}, "outputs": [], "source": ["1 + 1"] }
          ],
          "metadata": { "kernelspec": { "display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp" } },
          "nbformat": 4,
          "nbformat_minor": 5
        }
        """;

    public static Command Create()
    {
        var verb = new Command("startup", $"Times `run` from the start of its process to the exit, cold and warm, {Runs} times each, and reads its peak memory; then the same of the Jupyter kernel.");
        verb.SetAction(_ => Run());
        return verb;
    }

    private static int Run()
    {
        var host = FindHost();
        Console.Out.Write($"{Machine.This()}.\nHost: {Path.GetRelativePath(Repository.Root, host)}\n\n");
        if (!FileCache.CanForget)
            Console.Out.Write("Cold starts are not measured: only Linux can be asked to forget files.\n\n");
        var lessons = Directory.GetFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb").Order(StringComparer.Ordinal).ToArray();
        var folder = Directory.CreateTempSubdirectory("unroll-one-cell").FullName;
        try
        {
            var one = Path.Combine(folder, "one-cell.ipynb");
            File.WriteAllText(one, OneCell);
            var table = new Table("notebooks", "start", "seconds: median (least)", "host, MB", "a notebook's process, MB");
            Add(table, "one cell", new HostRun(host, [one]));
            Add(table, $"all {lessons.Length} lessons", new HostRun(host, lessons));
            Console.Out.Write(table.ToString());
            Console.Out.Write($"\n{KernelTable(host)}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static void Add(Table table, string what, HostRun run)
    {
        var memory = ProcessTree.IsReadable ? run.PeakMemory() : default;
        foreach (var cold in FileCache.CanForget ? new[] { true, false } : [false])
        {
            // A warm start follows another one.
            if (!cold)
                run.Seconds(cold: false);
            var seconds = Enumerable.Range(0, Runs).Select(_ => run.Seconds(cold)).ToList();
            table.Add(what, cold ? "cold" : "warm", Numbers.Both(Statistics.Median(seconds), seconds.Min()), Megabytes(memory.Host), Megabytes(memory.Notebook));
        }
    }

    private static Table KernelTable(string host)
    {
        var times = Enumerable.Range(0, Runs).Select(_ => KernelTimes.Measure(host)).ToList();
        var table = new Table("a Jupyter kernel, warm", "median (least)");
        void AddMilliseconds(string what, Func<KernelTimes, double> of) =>
            table.Add(what, Numbers.Both(Statistics.Median(times.ConvertAll(of.Invoke)), times.Min(of)));
        AddMilliseconds("start of its process to the first result, ms", each => each.FirstResult);
        AddMilliseconds("a later small cell, ms", each => each.SmallCell);
        AddMilliseconds("the slowest of 50 small cells, ms", each => each.SlowestSmallCell);
        AddMilliseconds("first completion, ms", each => each.FirstCompletion);
        AddMilliseconds("a later completion, ms", each => each.Completion);
        table.Add("kernel, MB", Megabytes(times.Max(each => each.Kernel)));
        table.Add("its session's process, MB", Megabytes(times.Max(each => each.Session)));
        return table;
    }

    private static string Megabytes(long bytes) =>
        ProcessTree.IsReadable ? (bytes / 1e6).ToString("F0", CultureInfo.InvariantCulture) : "not readable here";

    /// <summary>The host that was built last.</summary>
    private static string FindHost()
    {
        var builds = Path.Combine(Repository.Root, "lib", "Unroll.Notebooks", "bin");
        var hosts = Directory.Exists(builds)
            ? Directory.GetFiles(builds, "Unroll.Notebooks.dll", SearchOption.AllDirectories).Where(file => File.Exists(Path.ChangeExtension(file, ".runtimeconfig.json")))
            : [];
        return hosts.MaxBy(File.GetLastWriteTimeUtc)
            ?? throw new FileNotFoundException("The notebook host is not built: dotnet build -c Release lib/Unroll.Notebooks");
    }
}
