namespace Unroll.Models;

/// <summary>Batches that come one after the other, gone through epoch by epoch.</summary>
/// <param name="batches">All of them.</param>
/// <param name="stepsPerEpoch">How many make an epoch, or null for all.</param>
/// <param name="model">The model's name, for errors.</param>
internal sealed class BatchSource(IEnumerable<(Tensors X, Tensors Y)> batches, int? stepsPerEpoch, string model) : IDisposable
{
    private IEnumerator<(Tensors X, Tensors Y)>? _rest;

    /// <summary>How many batches an epoch has, where that is known without going through them.</summary>
    public int? Count { get; } = stepsPerEpoch is <= 0
        ? throw new ArgumentException($"{model}: stepsPerEpoch must be a positive whole number but is {stepsPerEpoch}.")
        : stepsPerEpoch ?? (batches.TryGetNonEnumeratedCount(out var count) ? count : null);

    /// <inheritdoc/>
    public void Dispose() => _rest?.Dispose();

    /// <summary>The batches of the next epoch.</summary>
    /// <exception cref="ArgumentException">There is no batch at all, or one of them is not as data must be.</exception>
    public IEnumerable<Samples> Epoch()
    {
        if (stepsPerEpoch is not { } steps)
        {
            var any = false;
            foreach (var batch in batches)
            {
                any = true;
                yield return Checked(batch);
            }

            if (!any)
                throw Empty();
            yield break;
        }

        for (var step = 0; step < steps; step++)
            yield return Checked(Next());
    }

    private (Tensors X, Tensors Y) Next()
    {
        if (_rest?.MoveNext() == true)
            return _rest.Current;
        _rest?.Dispose();
        _rest = batches.GetEnumerator();
        return _rest.MoveNext() ? _rest.Current : throw Empty();
    }

    private Samples Checked((Tensors X, Tensors Y) batch)
    {
        ArgumentNullException.ThrowIfNull(batch.Y, "Y");
        Batches.Check(batch.X, batch.Y, 1, model);
        return new Samples(batch.X, batch.Y, null);
    }

    private ArgumentException Empty() => new($"{model}: there are no batches.");
}
