using System.Collections.Concurrent;

namespace Unroll.Notebooks.Tests.Support;

/// <summary>
/// A folder of notebooks that the real program runs once for all tests of a class. A subclass writes the notebooks.
/// </summary>
public abstract class Scenario : IAsyncLifetime
{
    /// <summary>Each is read, and held against the format's schema, once for all tests that look into it.</summary>
    private readonly ConcurrentDictionary<string, ExecutedNotebook> _executed = new(StringComparer.Ordinal);

    /// <summary>The folder that the program runs in; its notebooks are in <c>notebooks</c>.</summary>
    public TempFolder Folder { get; } = new();

    /// <summary>The folder of the notebooks.</summary>
    public string Notebooks => Folder["notebooks"];

    internal CliResult Result { get; private set; } = new(-1, "", "");

    /// <summary>What follows <c>run</c>.</summary>
    protected virtual string[] Arguments => [];

    /// <summary>Writes the notebooks.</summary>
    protected abstract void Write();

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        Write();
        Result = await Cli.RunAsync(Folder.Path, Arguments);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The executed copy of a notebook.</summary>
    internal ExecutedNotebook Executed(string name) =>
        _executed.GetOrAdd(name, _ => new ExecutedNotebook(Folder["artifacts", "notebooks", $"{name}.ipynb"]));

    /// <summary>The lines that the run printed about a notebook, until the next notebook's.</summary>
    internal string[] Printed(string name) =>
        [.. Result.Lines.Where(line => line.StartsWith(Path.Combine("notebooks", $"{name}.ipynb: "), StringComparison.Ordinal))];
}
