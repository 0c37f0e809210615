using System.Globalization;
using Unroll.Notebooks.Jupyter.Server;

namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>
/// An engine whose cells are commands, a line each, so that a test says exactly what a cell does: <c>print text</c>,
/// <c>fail text</c>, <c>wait</c> for an interrupt, and so on.
/// </summary>
internal sealed class FakeEngine : IKernelEngine, IDisposable
{
    private CancellationTokenSource _interrupt = new();

    /// <summary>What ran, and how.</summary>
    public List<(string Code, ExecutionOptions Options)> Ran { get; } = [];

    /// <summary>The last place that was asked about.</summary>
    public int LastPosition { get; private set; } = -1;

    public KernelDescription Description { get; } = new("fake", "1.2.3", "14.0", "A kernel for tests")
    {
        HelpLinks = [("Help", "https://example.org/")],
    };

    public async Task<ExecutionResult> ExecuteAsync(string code, ExecutionOptions options, IExecutionSink sink, CancellationToken cancellation)
    {
        lock (Ran)
            Ran.Add((code, options));
        _interrupt.Dispose();
        _interrupt = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _interrupt.Token);
        foreach (var line in code.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (verb, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
            switch (verb)
            {
                case "print":
                    sink.Write(isError: false, rest + "\n");
                    break;
                case "write":
                    sink.Write(isError: false, rest);
                    break;
                case "complain":
                    sink.Write(isError: true, rest + "\n");
                    break;
                case "many":
                    for (var i = 0; i < int.Parse(rest, CultureInfo.InvariantCulture); i++)
                        sink.Write(isError: false, string.Create(CultureInfo.InvariantCulture, $"line {i}\n"));
                    break;
                case "halves":
                    // The two halves of one character, as Console.Write(char) sends them.
                    foreach (var half in rest)
                        sink.Write(isError: false, half.ToString());
                    break;
                case "large":
                    sink.Display(Text(new string('x', int.Parse(rest, CultureInfo.InvariantCulture))), displayId: null);
                    break;
                case "show":
                    sink.Display(Text(rest), displayId: "shown");
                    break;
                case "json":
                    sink.Display(MimeData.OfTexts([new("application/json", rest), new(MimeData.Plain, "json")]), displayId: null);
                    break;
                case "update":
                    sink.UpdateDisplay(Text(rest), "shown");
                    break;
                case "clear":
                    sink.ClearOutput(waits: rest == "later");
                    break;
                case "return":
                    sink.Return(Text(rest));
                    break;
                case "page":
                    sink.Page(Text(rest), firstLine: 0);
                    break;
                case "fail":
                    return new ExecutionResult(new KernelError("FakeError", rest, ["FakeError: " + rest, "   at Cell[1], line 1"]));
                case "throw":
                    throw new InvalidDataException(rest);
                case "wait":
                    await Task.Delay(TimeSpan.FromMinutes(5), either.Token);
                    break;
                case "sleep":
                    await Task.Delay(int.Parse(rest, CultureInfo.InvariantCulture), either.Token);
                    break;
                case "ask":
                    sink.Write(isError: false, $"<{await sink.ReadInputAsync(rest, isPassword: false, cancellation)}>");
                    break;
                case "secret":
                    sink.Write(isError: false, $"<{await sink.ReadInputAsync(rest, isPassword: true, cancellation)}>");
                    break;
                case "later":
                    _ = Task.Run(async () =>
                    {
                        await Task.Delay(100, CancellationToken.None);
                        sink.Write(isError: false, rest);
                    }, CancellationToken.None);
                    break;
                default:
                    throw new InvalidOperationException($"The fake engine has no command '{verb}'.");
            }
        }

        return ExecutionResult.Ok;
    }

    public Task<EvaluationResult> EvaluateAsync(string expression, CancellationToken cancellation) => Task.FromResult(
        expression == "bad"
            ? new EvaluationResult(new KernelError("FakeError", "bad expression", []))
            : new EvaluationResult(Text(expression + "!")));

    public async Task<CompletionResult> CompleteAsync(string code, int position, CancellationToken cancellation)
    {
        LastPosition = position;
        if (code == "hang")
            await Task.Delay(TimeSpan.FromMinutes(5), cancellation);
        if (code == "throw")
            throw new InvalidDataException("no completions today");
        var start = code.LastIndexOfAny([' ', '.'], Math.Max(position - 1, 0)) + 1;
        return new CompletionResult([new("WriteLine", "function", "(string)"), new("Write", "function")], start, position);
    }

    public Task<MimeData?> InspectAsync(string code, int position, bool isDetailed, CancellationToken cancellation)
    {
        LastPosition = position;
        return Task.FromResult(code.Contains("unknown", StringComparison.Ordinal) ? null : Text(isDetailed ? "all about it" : "about it"));
    }

    public Task<CompletenessResult> IsCompleteAsync(string code, CancellationToken cancellation) =>
        Task.FromResult(code.EndsWith('{') ? new CompletenessResult("incomplete", "    ") : new CompletenessResult("complete"));

    public void Dispose() => _interrupt.Dispose();

    public Task InterruptAsync(CancellationToken cancellation) => _interrupt.CancelAsync();

    private static MimeData Text(string text) => MimeData.OfTexts([new(MimeData.Plain, text)]);
}
