namespace Unroll.Models;

/// <summary>Cuts data into batches along the first axis.</summary>
internal static class Batches
{
    public static int Count(Tensors x, int batchSize) => (x[0].Shape[0] - 1) / batchSize + 1;

    /// <summary>How many samples the first batch holds.</summary>
    public static int First(Tensors x, int batchSize) => Math.Min(batchSize, x[0].Shape[0]);

    /// <summary>Where each batch begins, and how many samples it holds.</summary>
    public static IEnumerable<(int Start, int Count)> Ranges(int samples, int batchSize)
    {
        for (int start = 0, count; start < samples; start += count)
        {
            count = Math.Min(batchSize, samples - start);
            yield return (start, count);
        }
    }

    /// <summary>One batch; <paramref name="order"/> says which samples come first.</summary>
    public static Tensors Part(Tensors x, int start, int count, int[]? order)
    {
        if (order is not null)
            return new Tensors([.. x.Select(tensor => Gather(tensor, order.AsSpan(start, count)))]);
        return count == x[0].Shape[0] ? x : Part(x, start..(start + count));
    }

    /// <summary>Keeps the last samples out of training.</summary>
    public static (Samples Data, Samples Validation) SplitOff(Samples data, double share, string model)
    {
        var kept = (int)(data.Count * (1 - share));
        if (kept == 0 || kept == data.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{model}: validationSplit {share} of {data.Count} samples leaves none to train or none to validate with."));
        }

        return (data.Part(0, kept, order: null), data.Part(kept, data.Count - kept, order: null));
    }

    /// <summary>Checks that there are samples, and as many in every tensor.</summary>
    public static void Check(Tensors x, Tensors? y, int batchSize, string model)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (batchSize <= 0)
            throw new ArgumentException($"{model}: batchSize must be a positive whole number but is {batchSize}.");
        if (x.Count == 0)
            throw new ArgumentException($"{model}: there is no input.");
        for (var i = 0; i < x.Count + (y?.Count ?? 0); i++)
        {
            var tensor = i < x.Count ? x[i] : y![i - x.Count];
            if (tensor.Rank == 0)
                throw new ArgumentException($"{model}: a number without axes came; the first axis must be the batch.");
            if (tensor.Shape[0] == 0)
                throw new ArgumentException($"{model}: there are no samples: {tensor.Shape}.");
            if (tensor.Shape[0] != x[0].Shape[0])
                throw new ArgumentException($"{model}: x has {x[0].Shape[0]} samples {x[0].Shape} but another tensor has {tensor.Shape[0]}: {tensor.Shape}.");
        }
    }

    private static Tensors Part(Tensors tensors, Range range) => new([.. tensors.Select(tensor => tensor[range])]);

    private static Tensor Gather(Tensor tensor, ReadOnlySpan<int> places)
    {
        var size = tensor.Size / tensor.Shape[0];
        var result = Tensor.Zeros(tensor.Shape.With(0, places.Length));
        for (var i = 0; i < places.Length; i++)
            tensor.Values.Slice(places[i] * size, size).CopyTo(result.Values[(i * size)..]);
        return result;
    }
}
