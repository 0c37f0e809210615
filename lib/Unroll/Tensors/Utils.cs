namespace Unroll;

/// <summary>Makes data ready: what Keras has in <c>keras.utils</c>.</summary>
public static class Utils
{
    /// <summary>
    /// Sequences of different lengths as one tensor (sequences, maxlen): shorter ones are filled up, longer ones cut. An Embedding with
    /// maskZero passes over the zeros.
    /// </summary>
    /// <param name="sequences">The sequences, such as lists of the numbers of words.</param>
    /// <param name="maxlen">The length of all; null for that of the longest.</param>
    /// <param name="padding">Where a short one is filled up: <c>"pre"</c>, before it, or <c>"post"</c>.</param>
    /// <param name="truncating">Where a long one is cut: <c>"pre"</c>, at its beginning, or <c>"post"</c>.</param>
    /// <param name="value">With what it is filled up.</param>
    /// <exception cref="ArgumentException">There is no sequence, or a word is not "pre" or "post".</exception>
    public static Tensor PadSequences(
        IEnumerable<IReadOnlyList<int>> sequences, int? maxlen = null, string padding = "pre", string truncating = "pre", double value = 0)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return Padded([.. sequences.Select(sequence => sequence.Select(item => (float)item).ToArray())], maxlen, padding, truncating, value);
    }

    /// <summary>The same for sequences of other numbers.</summary>
    /// <inheritdoc cref="PadSequences(IEnumerable{IReadOnlyList{int}}, int?, string, string, double)"/>
    public static Tensor PadSequences(
        IEnumerable<IReadOnlyList<float>> sequences, int? maxlen = null, string padding = "pre", string truncating = "pre", double value = 0)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return Padded([.. sequences.Select(sequence => sequence.ToArray())], maxlen, padding, truncating, value);
    }

    /// <summary>Classes by number, (…) or (…, 1), as one-hot rows (…, classes).</summary>
    /// <param name="x">Whole numbers from 0.</param>
    /// <param name="numClasses">How many classes there are; null for one more than the greatest number.</param>
    /// <exception cref="ArgumentException">A number is not that of a class.</exception>
    public static Tensor ToCategorical(Tensor x, int? numClasses = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ReadOnlySpan<int> shape = x.Shape;
        var rows = x.Rank > 1 && shape[^1] == 1 ? shape[..^1] : shape;
        var classes = numClasses ?? (x.Size == 0 ? 0 : (int)x.Max().Item() + 1);
        var result = Tensor.Zeros([.. rows, classes]);
        for (var i = 0; i < x.Size; i++)
        {
            var label = x.Values[i];
            if (!(label >= 0 && label < classes && label == MathF.Floor(label)))
                throw new ArgumentException(FormattableString.Invariant($"ToCategorical: {label} is not the number of a class: of {classes}, they are 0 to {classes - 1}."));
            result.Values[i * classes + (int)label] = 1;
        }

        return result;
    }

    private static Tensor Padded(float[][] sequences, int? maxlen, string padding, string truncating, double value)
    {
        var fillsFront = IsPre(padding, nameof(padding));
        var cutsFront = IsPre(truncating, nameof(truncating));
        if (sequences.Length == 0)
            throw new ArgumentException("PadSequences: there are no sequences.");
        if (maxlen < 0)
            throw new ArgumentException($"PadSequences: maxlen must not be negative but is {maxlen}.");
        var length = maxlen ?? sequences.Max(sequence => sequence.Length);
        var result = Tensor.Full([sequences.Length, length], value);
        for (var i = 0; i < sequences.Length; i++)
        {
            var kept = Math.Min(length, sequences[i].Length);
            var from = sequences[i].AsSpan(cutsFront ? sequences[i].Length - kept : 0, kept);
            from.CopyTo(result.Values[(i * length + (fillsFront ? length - kept : 0))..]);
        }

        return result;
    }

    private static bool IsPre(string word, string name)
    {
        ArgumentNullException.ThrowIfNull(word, name);
        return word is "pre" or "post" ? word == "pre" : throw new ArgumentException($"PadSequences: {name} must be \"pre\" or \"post\" but is \"{word}\".");
    }
}
