using System.Collections;

namespace Unroll.Models;

/// <summary>
/// Windows over a long series, in batches, to train and to test with: each sample is a stretch of the series, and its target
/// stands at the place of its first step. Windows are cut when their batch is asked for, so that the series is held once. Keras:
/// <c>timeseries_dataset_from_array</c>.
/// </summary>
/// <example>To predict the next value from ten: <code>
/// var data = new TimeseriesDataset(series, targets: series[10..], sequenceLength: 10, batchSize: 32);
/// model.Fit(data, epochs: 5);
/// </code></example>
public sealed class TimeseriesDataset : IReadOnlyCollection<(Tensors X, Tensors Y)>
{
    private readonly Tensor _data;
    private readonly Tensor _targets;
    private readonly int[] _starts;
    private readonly int? _seed;

    /// <summary>Makes the windows; the arguments are Keras'.</summary>
    /// <param name="data">The series, (steps, …).</param>
    /// <param name="targets">The targets: the one at place i belongs to the window that begins at step i. Windows without a target are left out.</param>
    /// <param name="sequenceLength">How many steps a window has.</param>
    /// <param name="sequenceStride">How far it is from the beginning of a window to that of the next.</param>
    /// <param name="samplingRate">How far it is from a step of a window to the next.</param>
    /// <param name="batchSize">How many windows make a batch.</param>
    /// <param name="shuffle">Whether the windows come in another order each time they are gone through.</param>
    /// <param name="seed">Where the orders come from; null for <c>Backend.SetRandomSeed</c>'s.</param>
    /// <param name="startIndex">The first step that is used.</param>
    /// <param name="endIndex">The first step that is no longer used; null for all.</param>
    /// <exception cref="ArgumentException">No window fits into the series, or a number is not positive.</exception>
    public TimeseriesDataset(
        Tensor data,
        Tensor targets,
        int sequenceLength,
        int sequenceStride = 1,
        int samplingRate = 1,
        int batchSize = 128,
        bool shuffle = false,
        int? seed = null,
        int startIndex = 0,
        int? endIndex = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(targets);
        foreach (var (value, name) in new[] { (sequenceLength, "sequenceLength"), (sequenceStride, "sequenceStride"), (samplingRate, "samplingRate"), (batchSize, "batchSize") })
        {
            if (value <= 0)
                throw new ArgumentException($"{name} must be a positive whole number but is {value}.");
        }

        if (data.Rank == 0 || targets.Rank == 0)
            throw new ArgumentException($"A series and its targets need a first axis of steps, but their shapes are {data.Shape} and {targets.Shape}.");
        var end = endIndex ?? data.Shape[0];
        if (startIndex < 0 || end > data.Shape[0] || startIndex >= end)
            throw new ArgumentException($"startIndex {startIndex} and endIndex {end} are not within the {data.Shape[0]} steps of the series.");

        // The last step of a window lies (sequenceLength - 1) · samplingRate after its first.
        var last = Math.Min(end - (sequenceLength - 1) * samplingRate, targets.Shape[0]);
        _starts = [.. Starts(startIndex, last, sequenceStride)];
        if (_starts.Length == 0)
            throw new ArgumentException($"No window of {sequenceLength} steps, {samplingRate} apart, fits into steps {startIndex} to {end} with a target.");
        (_data, _targets, _seed) = (data, targets, seed);
        (SequenceLength, SamplingRate, BatchSize, Shuffle) = (sequenceLength, samplingRate, batchSize, shuffle);
    }

    /// <summary>How many batches there are.</summary>
    public int Count => (_starts.Length - 1) / BatchSize + 1;

    /// <summary>How many windows there are.</summary>
    public int Windows => _starts.Length;

    /// <summary>How many steps a window has.</summary>
    public int SequenceLength { get; }

    /// <summary>How far it is from a step of a window to the next.</summary>
    public int SamplingRate { get; }

    /// <summary>How many windows make a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Whether the windows come in another order each time.</summary>
    public bool Shuffle { get; }

    /// <summary>The batches: windows (batch, sequenceLength, …), and targets (batch, …).</summary>
    public IEnumerator<(Tensors X, Tensors Y)> GetEnumerator()
    {
        var order = Shuffle ? new RandomState(_seed ?? Session.Current.NextSeed()).Permutation(_starts.Length) : null;
        foreach (var (first, count) in Batches.Ranges(_starts.Length, BatchSize))
        {
            var starts = Enumerable.Range(first, count).Select(i => _starts[order?[i] ?? i]).ToArray();
            yield return (Cut(starts), Picked(starts));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<int> Starts(int first, int end, int stride)
    {
        for (var start = first; start < end; start += stride)
            yield return start;
    }

    private Tensor Cut(int[] starts)
    {
        ReadOnlySpan<int> shape = _data.Shape;
        var step = _data.Size / _data.Shape[0];
        var result = Tensor.Zeros([starts.Length, SequenceLength, .. shape[1..]]);
        for (var i = 0; i < starts.Length; i++)
        {
            for (var t = 0; t < SequenceLength; t++)
                _data.Values.Slice((starts[i] + t * SamplingRate) * step, step).CopyTo(result.Values[((i * SequenceLength + t) * step)..]);
        }

        return result;
    }

    private Tensor Picked(int[] starts)
    {
        ReadOnlySpan<int> shape = _targets.Shape;
        var size = _targets.Size / _targets.Shape[0];
        var result = Tensor.Zeros([starts.Length, .. shape[1..]]);
        for (var i = 0; i < starts.Length; i++)
            _targets.Values.Slice(starts[i] * size, size).CopyTo(result.Values[(i * size)..]);
        return result;
    }
}
