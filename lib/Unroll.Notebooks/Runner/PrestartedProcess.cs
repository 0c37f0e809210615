using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Runner;

/// <summary>
/// Starts the process of the next notebook while this one runs: loading the compiler takes a second of one core, and
/// that second is free.
/// </summary>
internal sealed class PrestartedProcess : IAsyncDisposable
{
    /// <summary>How long a process may take to take its first cell.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private Notebook? _notebook;
    private NotebookProcess? _process;

    /// <summary>Starts the process that <see cref="GetAsync"/> will be asked for next.</summary>
    public async Task PrepareAsync(Notebook notebook, CancellationToken cancellation)
    {
        await DisposeAsync().ConfigureAwait(false);
        _notebook = notebook;
        _process = Create(notebook);

        // The caller that gets the process awaits its start, and sees what went wrong.
        _ = _process.StartAsync(Timeout, cancellation).ContinueWith(start => start.Exception, TaskScheduler.Default);
    }

    /// <summary>The process for <paramref name="notebook"/>, already started if there was time.</summary>
    public async Task<NotebookProcess> GetAsync(Notebook notebook)
    {
        var prepared = _process;
        if (prepared is null || !ReferenceEquals(_notebook, notebook))
        {
            await DisposeAsync().ConfigureAwait(false);
            return Create(notebook);
        }

        _process = null;
        return prepared;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync().ConfigureAwait(false);
        _process = null;
    }

    /// <summary>A linked notebook runs where the file itself is: its cells name what is beside that.</summary>
    private static NotebookProcess Create(Notebook notebook) => new(Path.GetDirectoryName(RealPath.Of(notebook.Path))!);
}
