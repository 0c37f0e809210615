using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Unroll.Compute;

/// <summary>
/// Scaled dot-product attention of several heads (Vaswani and others, 2017), forward and back:
/// <code>
/// shares = softmax(scale · q · kᵀ);  output = shares · v
/// dv = sharesᵀ · g;  ds = scale · shares ⊙ (g · vᵀ - Σ (g · vᵀ ⊙ shares));  dq = ds · k;  dk = dsᵀ · q
/// </code>
/// Queries, keys and values have their heads side by side, (batch, time, heads · length), and so has the output. A head of a
/// sample is made at a time, in memory that stays in the cache; threads share them.
/// </summary>
internal static class AttentionKernel
{
    /// <summary>Fills the output, and the shares, (batch, heads, queries, keys), unless they are empty.</summary>
    public static void Forward(AttentionSizes sizes, float scale, float[] q, float[] k, float[] v, float[] shares, float[] output) =>
        Workers.RunShares(sizes.Heads * sizes.Batch, sizes.Work, (from, to) =>
        {
            var (queries, keys, length, values) = (sizes.Queries, sizes.Keys, sizes.KeyLength, sizes.ValueLength);
            var memory = ArrayPool<float>.Shared.Rent(keys * (length + values) + queries * keys);
            Span<float> key = memory.AsSpan(0, keys * length), value = memory.AsSpan(key.Length, keys * values);
            for (var item = from; item < to; item++)
            {
                var scores = shares.Length > 0
                    ? shares.AsSpan(item * queries * keys, queries * keys)
                    : memory.AsSpan(key.Length + value.Length, queries * keys);
                Gather(k, sizes.Head(item, keys, length), sizes.Heads * length, length, key);
                Gather(v, sizes.Head(item, keys, values), sizes.Heads * values, values, value);
                TensorPrimitives.Multiply(key, scale, key);
                MatrixProduct.Multiply(
                    q.AsSpan(sizes.Head(item, queries, length)), sizes.Heads * length, 1, key, RightForm.Columns, scores, keys, queries, length, keys, accumulate: false);
                SoftmaxKernel.Rows(scores, keys, scores);
                MatrixProduct.Multiply(
                    scores, keys, 1, value, RightForm.Rows, output.AsSpan(sizes.Head(item, queries, values)), sizes.Heads * values,
                    queries, keys, values, accumulate: false);
            }

            ArrayPool<float>.Shared.Return(memory);
        });

    /// <summary>Fills the gradients of queries, keys and values from that of the output.</summary>
    public static void Backward(
        AttentionSizes sizes, float scale, float[] q, float[] k, float[] v, float[] shares, float[] g, float[] dQ, float[] dK, float[] dV) =>
        Workers.RunShares(sizes.Heads * sizes.Batch, 3 * sizes.Work, (from, to) =>
        {
            var (queries, keys, length, values) = (sizes.Queries, sizes.Keys, sizes.KeyLength, sizes.ValueLength);
            var (keyStep, valueStep) = (sizes.Heads * length, sizes.Heads * values);
            var memory = ArrayPool<float>.Shared.Rent(Math.Max(keys, queries) * (length + values) + queries * keys);
            var dScores = memory.AsSpan(0, queries * keys);
            var rest = memory.AsSpan(queries * keys);
            for (var item = from; item < to; item++)
            {
                var share = shares.AsSpan(item * queries * keys, queries * keys);
                int queryAt = sizes.Head(item, queries, length), keyAt = sizes.Head(item, keys, length);
                int valueAt = sizes.Head(item, keys, values), outputAt = sizes.Head(item, queries, values);

                var value = rest[..(keys * values)];
                Gather(v, valueAt, valueStep, values, value);
                MatrixProduct.Multiply(
                    g.AsSpan(outputAt), valueStep, 1, value, RightForm.Columns, dScores, keys, queries, values, keys, accumulate: false);
                ThroughSoftmax(share, keys, scale, dScores);

                var gradient = rest[..(queries * values)];
                Gather(g, outputAt, valueStep, values, gradient);
                MatrixProduct.Multiply(share, 1, keys, gradient, RightForm.Rows, dV.AsSpan(valueAt), valueStep, keys, queries, values, accumulate: false);

                var key = rest[..(keys * length)];
                Gather(k, keyAt, keyStep, length, key);
                MatrixProduct.Multiply(dScores, keys, 1, key, RightForm.Rows, dQ.AsSpan(queryAt), keyStep, queries, keys, length, accumulate: false);

                var query = rest[..(queries * length)];
                Gather(q, queryAt, keyStep, length, query);
                MatrixProduct.Multiply(dScores, 1, keys, query, RightForm.Rows, dK.AsSpan(keyAt), keyStep, keys, queries, length, accumulate: false);
            }

            ArrayPool<float>.Shared.Return(memory);
        });

    /// <summary>Turns the gradient of the shares into that of the products before their scaling.</summary>
    private static void ThroughSoftmax(ReadOnlySpan<float> shares, int length, float scale, Span<float> gradient)
    {
        for (var at = 0; at < gradient.Length; at += length)
        {
            var row = gradient.Slice(at, length);
            var share = shares.Slice(at, length);
            TensorPrimitives.Subtract(row, TensorPrimitives.Dot(row, share), row);
            TensorPrimitives.Multiply(row, share, row);
            TensorPrimitives.Multiply(row, scale, row);
        }
    }

    /// <summary>Copies the rows of one head, which lie apart, side by side.</summary>
    private static void Gather(float[] source, int at, int step, int length, Span<float> target)
    {
        for (var row = 0; row < target.Length; row += length, at += step)
            source.AsSpan(at, length).CopyTo(target[row..]);
    }
}

/// <summary>How long the axes of an attention are.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AttentionSizes(int Batch, int Heads, int Queries, int Keys, int KeyLength, int ValueLength)
{
    /// <summary>About as many numbers copied take as long as the whole.</summary>
    public long Work => (long)Batch * Heads * Queries * Keys * (4 + (KeyLength + ValueLength) / 32);

    /// <summary>Where the rows of a head of a sample begin, counted through all heads, of so many rows a sample, each so long.</summary>
    public int Head(int item, int rows, int length) => (item / Heads * rows * Heads + item % Heads) * length;
}
