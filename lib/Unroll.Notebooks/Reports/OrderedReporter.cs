using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>
/// Reports the notebooks one after the other, in their order, whatever the order of events: those of a later notebook
/// wait until the earlier ones have ended.
/// </summary>
internal sealed class OrderedReporter(IRunReporter inner) : IRunReporter
{
    private readonly Lock _gate = new();
    private readonly Queue<Story> _stories = new();

    /// <inheritdoc/>
    public void Reject(string line) => inner.Reject(line);

    /// <inheritdoc/>
    public void Begin(int notebooks) => inner.Begin(notebooks);

    /// <inheritdoc/>
    public void Started(NotebookResult notebook)
    {
        lock (_gate)
            _stories.Enqueue(new Story(notebook));
        Tell(notebook, () => inner.Started(notebook));
    }

    /// <inheritdoc/>
    public void Started(NotebookResult notebook, CellResult cell) => Tell(notebook, () => inner.Started(notebook, cell));

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook, CellResult cell) => Tell(notebook, () => inner.Finished(notebook, cell));

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook) => Tell(notebook, () => inner.Finished(notebook), isEnd: true);

    /// <inheritdoc/>
    public void Stopped(NotebookResult notebook) => Tell(notebook, () => inner.Stopped(notebook), isEnd: true);

    /// <inheritdoc/>
    public void End(IReadOnlyList<NotebookResult> results, int notebooks, TimeSpan duration) =>
        inner.End(results, notebooks, duration);

    private void Tell(NotebookResult notebook, Action say, bool isEnd = false)
    {
        lock (_gate)
        {
            var story = _stories.Single(each => each.Notebook == notebook);
            story.Untold.Enqueue(say);
            story.HasEnded |= isEnd;
            while (_stories.TryPeek(out var first))
            {
                while (first.Untold.TryDequeue(out var next))
                    next();
                if (!first.HasEnded)
                    return;
                _stories.Dequeue();
            }
        }
    }

    private sealed record Story(NotebookResult Notebook)
    {
        public Queue<Action> Untold { get; } = new();

        public bool HasEnded { get; set; }
    }
}
