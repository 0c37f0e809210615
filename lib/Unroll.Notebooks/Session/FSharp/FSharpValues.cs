using Unroll.Notebooks.Session.Values;

namespace Unroll.Notebooks.Session.FSharp;

/// <summary>The values of F# cells. Asking for one starts no compiler; setting one does.</summary>
internal sealed class FSharpValues(FSharpCells cells, int line, CancellationToken interruption) : IValueHolder
{
    /// <inheritdoc/>
    public IEnumerable<HeldValue> All => cells.Started?.All ?? [];

    /// <inheritdoc/>
    public SharedValue? Find(string name) => cells.Started?.Find(name);

    /// <inheritdoc/>
    public void Set(string name, object? value) => cells.Start(line, interruption).Set(name, value);
}
