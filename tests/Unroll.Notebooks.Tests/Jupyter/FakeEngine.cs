using System.Globalization;
using Unroll.Notebooks.Jupyter.Server;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>
/// An engine whose cells are commands, a line each, so that a test says exactly what a cell does: <c>print text</c>,
/// <c>fail text</c>, <c>wait</c> for an interrupt, <c>hold</c> until the test says <see cref="LetGo"/>, and so on.
/// </summary>
internal sealed class FakeEngine : IKernelEngine, IDisposable
{
    private CancellationTokenSource _interrupt = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<GiveInput> _answer = new();

    /// <summary>What ran, and how.</summary>
    public List<RunCell> Ran { get; } = [];

    /// <summary>The last place that was asked about.</summary>
    public int LastPosition { get; private set; } = -1;

    public KernelDescription Description { get; } = new("fake", "1.2.3", "14.0", "A kernel for tests")
    {
        HelpLinks = [("Help", "https://example.org/")],
    };

    public async Task<ErrorRaised?> RunAsync(RunCell cell, Action<SessionEvent> show, CancellationToken cancellation)
    {
        lock (Ran)
            Ran.Add(cell);
        _interrupt.Dispose();
        _interrupt = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _interrupt.Token);
        foreach (var line in cell.Code.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (verb, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
            switch (verb)
            {
                case "print":
                    show(new StreamWritten("stdout", rest + "\n"));
                    break;
                case "write":
                    show(new StreamWritten("stdout", rest));
                    break;
                case "complain":
                    show(new StreamWritten("stderr", rest + "\n"));
                    break;
                case "many":
                    for (var i = 0; i < int.Parse(rest, CultureInfo.InvariantCulture); i++)
                        show(new StreamWritten("stdout", string.Create(CultureInfo.InvariantCulture, $"line {i}\n")));
                    break;
                case "halves":
                    // The two halves of one character, as Console.Write(char) sends them.
                    foreach (var half in rest)
                        show(new StreamWritten("stdout", half.ToString()));
                    break;
                case "large":
                    show(new Displayed(Text(new string('x', int.Parse(rest, CultureInfo.InvariantCulture))), "large"));
                    break;
                case "show":
                    show(new Displayed(Text(rest), "shown"));
                    break;
                case "json":
                    show(new Displayed(new MimeBundle { [MimeBundle.Json] = rest, [MimeBundle.Plain] = "json" }, "json"));
                    break;
                case "update":
                    show(new DisplayUpdated(Text(rest), "shown"));
                    break;
                case "clear":
                    show(new OutputCleared(Waits: rest == "later"));
                    break;
                case "return":
                    show(new ValueReturned(Text(rest)));
                    break;
                case "fail":
                    return new ErrorRaised("FakeError", rest, ["FakeError: " + rest, "   at Cell[1], line 1"]);
                case "throw":
                    throw new InvalidDataException(rest);
                case "wait":
                    await Task.Delay(TimeSpan.FromMinutes(5), either.Token);
                    break;
                case "hold":
                    await _held.Task.WaitAsync(either.Token);
                    break;
                case "sleep":
                    await Task.Delay(int.Parse(rest, CultureInfo.InvariantCulture), either.Token);
                    break;
                case "ask":
                    show(new StreamWritten("stdout", $"<{await AskAsync(rest, isPassword: false, show, either.Token)}>"));
                    break;
                case "secret":
                    show(new StreamWritten("stdout", $"<{await AskAsync(rest, isPassword: true, show, either.Token)}>"));
                    break;
                case "later":
                    _ = Task.Run(async () =>
                    {
                        await Task.Delay(100, CancellationToken.None);
                        show(new StreamWritten("stdout", rest));
                    }, CancellationToken.None);
                    break;
                default:
                    throw new InvalidOperationException($"The fake engine has no command '{verb}'.");
            }
        }

        return null;
    }

    public Task<SessionEvent?> EvaluateAsync(string expression, CancellationToken cancellation) => Task.FromResult<SessionEvent?>(
        expression == "bad"
            ? new ErrorRaised("FakeError", "bad expression", [])
            : new ValueReturned(Text(expression + "!")));

    public async Task<CodeCompleted> CompleteAsync(string code, int position, CancellationToken cancellation)
    {
        LastPosition = position;
        if (code == "hang")
            await Task.Delay(TimeSpan.FromMinutes(5), cancellation);
        if (code == "throw")
            throw new InvalidDataException("no completions today");
        var start = code.LastIndexOfAny([' ', '.'], Math.Max(position - 1, 0)) + 1;
        return new CodeCompleted(1, [new("WriteLine", "function", "(string)"), new("Write", "function", "")], start, position);
    }

    public Task<MimeBundle?> InspectAsync(string code, int position, bool isDetailed, CancellationToken cancellation)
    {
        LastPosition = position;
        return Task.FromResult(code.Contains("unknown", StringComparison.Ordinal) ? null : Text(code == "Help" ? "help text" : isDetailed ? "all about it" : "about it"));
    }

    public Task<Completeness> IsCompleteAsync(string code, CancellationToken cancellation) =>
        Task.FromResult(code.EndsWith('{') ? new Completeness("incomplete", "    ") : new Completeness("complete"));

    /// <summary>Ends the cells that hold.</summary>
    public void LetGo() => _held.TrySetResult();

    public void Dispose() => _interrupt.Dispose();

    public Task InterruptAsync(CancellationToken cancellation) => _interrupt.CancelAsync();

    public Task GiveInputAsync(GiveInput given)
    {
        _answer.TrySetResult(given);
        return Task.CompletedTask;
    }

    private async Task<string?> AskAsync(string prompt, bool isPassword, Action<SessionEvent> show, CancellationToken cancellation)
    {
        _answer = new TaskCompletionSource<GiveInput>(TaskCreationOptions.RunContinuationsAsynchronously);
        show(new InputRequested(prompt, isPassword));
        var given = await _answer.Task.WaitAsync(cancellation);
        return given.Refusal is { } why ? throw new InputUnavailableException(why) : given.Text;
    }

    private static MimeBundle Text(string text) => MimeBundle.OfText(text);
}
