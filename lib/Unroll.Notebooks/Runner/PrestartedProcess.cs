using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Runner;

/// <summary>
/// Starts the process of the first notebook before anything is read, and that of the next notebook while this one runs:
/// loading the compiler takes half a second of one core, and that half second is free. At most one process waits; it runs
/// one notebook or none.
/// </summary>
internal sealed class PrestartedProcess : IAsyncDisposable
{
    /// <summary>How long a process may take to take its first cell.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private Notebook? _notebook;
    private NotebookProcess? _process;

    /// <summary>Starts a process for whichever notebook is the first that <see cref="GetAsync"/> is asked for.</summary>
    public static PrestartedProcess ForAny()
    {
        var first = new PrestartedProcess();
        first.Start(new NotebookProcess(Environment.CurrentDirectory), CancellationToken.None);
        return first;
    }

    /// <summary>Starts the process that <see cref="GetAsync"/> will be asked for next.</summary>
    public async Task PrepareAsync(Notebook notebook, CancellationToken cancellation)
    {
        await DisposeAsync().ConfigureAwait(false);
        _notebook = notebook;
        Start(Create(notebook), cancellation);
    }

    /// <summary>The process for <paramref name="notebook"/>, already started if there was time.</summary>
    public async Task<NotebookProcess> GetAsync(Notebook notebook)
    {
        var prepared = _process;
        if (prepared is null || (_notebook is not null && !ReferenceEquals(_notebook, notebook)))
        {
            await DisposeAsync().ConfigureAwait(false);
            return Create(notebook);
        }

        _process = null;
        return prepared;
    }

    /// <summary>Where a notebook runs. A linked one runs where the file itself is: its cells name what is beside that.</summary>
    public static string FolderOf(Notebook notebook) => Path.GetDirectoryName(RealPath.Of(notebook.Path))!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync().ConfigureAwait(false);
        _process = null;
    }

    private static NotebookProcess Create(Notebook notebook) => new(FolderOf(notebook));

    private void Start(NotebookProcess process, CancellationToken cancellation)
    {
        _process = process;

        // The caller that gets the process awaits its start, and sees what went wrong.
        _ = process.StartAsync(Timeout, cancellation).ContinueWith(start => start.Exception, TaskScheduler.Default);
    }
}
