using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>
/// Reports the notebooks one after the other, in their order, whatever the order of events: those of a later notebook
/// wait until the earlier ones have ended.
/// </summary>
internal sealed class OrderedReporter(IRunReporter inner) : IRunReporter
{
    private readonly Lock _gate = new();
    private readonly Queue<PendingReport> _pending = new();

    /// <inheritdoc/>
    public void Reject(string line) => inner.Reject(line);

    /// <inheritdoc/>
    public void Note(string line) => inner.Note(line);

    /// <inheritdoc/>
    public void Begin(int notebooks) => inner.Begin(notebooks);

    /// <inheritdoc/>
    public void Started(NotebookResult notebook)
    {
        lock (_gate)
            _pending.Enqueue(new PendingReport(notebook));
        Report(notebook, () => inner.Started(notebook));
    }

    /// <inheritdoc/>
    public void Started(NotebookResult notebook, CellResult cell) => Report(notebook, () => inner.Started(notebook, cell));

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook, CellResult cell) => Report(notebook, () => inner.Finished(notebook, cell));

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook) => Report(notebook, () => inner.Finished(notebook), isEnd: true);

    /// <inheritdoc/>
    public void Stopped(NotebookResult notebook) => Report(notebook, () => inner.Stopped(notebook), isEnd: true);

    /// <inheritdoc/>
    public void End(IReadOnlyList<NotebookResult> results, int notebooks, TimeSpan duration) =>
        inner.End(results, notebooks, duration);

    private void Report(NotebookResult notebook, Action say, bool isEnd = false)
    {
        lock (_gate)
        {
            var report = _pending.Single(each => each.Notebook == notebook);
            report.Waiting.Enqueue(say);
            report.HasEnded |= isEnd;
            while (_pending.TryPeek(out var first))
            {
                while (first.Waiting.TryDequeue(out var next))
                    next();
                if (!first.HasEnded)
                    return;
                _pending.Dequeue();
            }
        }
    }

    private sealed record PendingReport(NotebookResult Notebook)
    {
        public Queue<Action> Waiting { get; } = new();

        public bool HasEnded { get; set; }
    }
}
