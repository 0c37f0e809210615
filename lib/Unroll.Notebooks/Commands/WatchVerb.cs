using System.CommandLine;
using System.Net;
using Unroll.Notebooks.Reports;
using Unroll.Notebooks.Runner;
using Unroll.Notebooks.Watching;

namespace Unroll.Notebooks.Commands;

/// <summary>The verb <c>watch</c>.</summary>
internal static class WatchVerb
{
    private const string Description = """
        Run notebooks, and again whenever one of them, a file in its folder, or a file that it names changes; show the pages in a
        browser, which loads them anew. A notebook that is changed while it runs is started over. What a notebook writes into
        its folder while it runs is no reason to run it again. Ctrl+C ends it.

        Exit codes: 0 ended by Ctrl+C, 2 something that was named cannot be run, or the port is taken.

        Examples:
          watch                                 every notebook in notebooks/
          watch notebooks/01-intro.ipynb        one of them
          watch --port 8080                     always at the same address
        """;

    private static readonly Option<int> Port = new("--port")
    {
        HelpName = "N",
        Description = "The port on this machine where the pages are. Without it: one that is free.",
    };

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var watch = new Command("watch", Description)
        {
            RunOptions.Paths, RunOptions.Output, RunOptions.Timeout, RunOptions.Parallel, RunOptions.Parameters, RunOptions.Inputs,
            RunOptions.AllowErrors, RunOptions.Verbose, Port,
        };
        watch.Validators.Add(result =>
        {
            if (result.GetValue(Port) is < 0 or > ushort.MaxValue)
                result.AddError($"--port needs a number from 1 to {ushort.MaxValue}.");
        });
        watch.SetAction(RunAsync);
        return watch;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = RunOptions.Read(parsed);
        var finder = new NotebookFinder(Directory.GetCurrentDirectory());
        if (finder.Find(settings).Errors is { Count: > 0 } errors)
        {
            foreach (var error in errors)
                await Console.Error.WriteLineAsync(VisibleText.Of(error)).ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        try
        {
            using var pages = new LivePages(Path.GetDirectoryName(finder.IndexPage(settings))!, parsed.GetValue(Port));
            Console.WriteLine($"The pages are at {pages.Address} (Ctrl+C ends this)");
            var lines = new OrderedReporter(new PlainReporter(Console.Out, Console.Error, parsed.GetValue(RunOptions.Verbose)));
            await new WatchLoop(settings, lines, pages).RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (HttpListenerException error)
        {
            await Console.Error.WriteLineAsync($"port {parsed.GetValue(Port)} cannot be used: {error.Message}").ConfigureAwait(false);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how it ends.
        }

        return ExitCode.Passed;
    }
}
