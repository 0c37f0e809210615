using System.Runtime.InteropServices;

namespace Unroll;

/// <content>Windows that slide over two axes.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// The windows over (batch, rows, columns, channels), side by side: (batch, rows', columns', height, width, channels). What
    /// reaches out is zeros.
    /// </summary>
    internal Tensor Windows(WindowGrid grid)
    {
        var channels = Shape[3];
        var result = Zeros(Shape[0], grid.Rows.Count, grid.Columns.Count, grid.Rows.Size, grid.Columns.Size, channels);
        grid.ForEach(Shape, (place, pixel) => _values.AsSpan(pixel * channels, channels).CopyTo(result._values.AsSpan(place * channels)));
        return GradientTape.Record(result, (this, g =>
        {
            var sums = ZerosLike(this);
            grid.ForEach(Shape, (place, pixel) =>
            {
                var sum = sums._values.AsSpan(pixel * channels, channels);
                System.Numerics.Tensors.TensorPrimitives.Add(sum, g._values.AsSpan(place * channels, channels), sum);
            });
            return GradientTape.Record(sums, (g, gg => gg.Windows(grid)));
        }
        ));
    }

    /// <summary>
    /// The greatest number of each window over (batch, rows, columns, channels), for each channel. The first of equal numbers
    /// gets the gradient, as in TensorFlow and PyTorch.
    /// </summary>
    internal Tensor MaxOverWindows(WindowGrid grid)
    {
        var channels = Shape[3];
        var shape = Shape.Of(Shape[0], grid.Rows.Count, grid.Columns.Count, channels);
        var places = new int[shape.Size];
        Array.Fill(places, -1);
        var inWindow = grid.Rows.Size * grid.Columns.Size;
        grid.ForEach(Shape, (place, pixel) =>
        {
            for (var channel = 0; channel < channels; channel++)
            {
                ref var best = ref places[place / inWindow * channels + channel];
                var here = pixel * channels + channel;
                if (best < 0 || _values[here] > _values[best] || float.IsNaN(_values[here]))
                    best = here;
            }
        });
        return Pick(places, shape);
    }

    /// <summary>
    /// The mean of each window over (batch, rows, columns, channels), for each channel. Of a window that reaches out of the
    /// picture, what lies within it.
    /// </summary>
    internal Tensor MeanOverWindows(WindowGrid grid)
    {
        var channels = Shape[3];
        var result = Zeros(Shape[0], grid.Rows.Count, grid.Columns.Count, channels);
        var inWindow = grid.Rows.Size * grid.Columns.Size;
        var counts = new float[result.Size / Math.Max(1, channels)];
        grid.ForEach(Shape, (place, _) => counts[place / inWindow]++);
        grid.ForEach(Shape, (place, pixel) => AddShare(_values, pixel, result._values, place / inWindow, counts[place / inWindow]));
        return GradientTape.Record(result, (this, g =>
        {
            var sums = ZerosLike(this);
            grid.ForEach(Shape, (place, pixel) => AddShare(g._values, place / inWindow, sums._values, pixel, counts[place / inWindow]));
            return GradientTape.Record(sums, (g, gg => gg.MeanOverWindows(grid)));
        }
        ));

        void AddShare(float[] from, int source, float[] to, int target, float count)
        {
            for (var channel = 0; channel < channels; channel++)
                to[target * channels + channel] += from[source * channels + channel] / count;
        }
    }
}

/// <summary>How windows lie along one axis.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Size">How many places each has.</param>
/// <param name="Stride">How far the next one lies.</param>
/// <param name="Dilation">How far its next place lies.</param>
/// <param name="Before">How far the first one reaches out before the start.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WindowAxis(int Count, int Size, int Stride, int Dilation, int Before);

/// <summary>How windows lie along two axes.</summary>
internal sealed record WindowGrid(WindowAxis Rows, WindowAxis Columns)
{
    /// <summary>
    /// Calls back for each place of each window that lies within a picture of the given shape, with its number in the order of
    /// the windows, and that of its pixel.
    /// </summary>
    public void ForEach(Shape shape, Action<int, int> each)
    {
        var (rows, columns) = (shape[1], shape[2]);
        var place = 0;
        for (var window = 0; window < shape[0] * Rows.Count * Columns.Count; window++)
        {
            var (line, right) = Math.DivRem(window, Columns.Count);
            var (sample, down) = Math.DivRem(line, Rows.Count);
            for (var i = 0; i < Rows.Size; i++)
            {
                var row = down * Rows.Stride + i * Rows.Dilation - Rows.Before;
                for (var j = 0; j < Columns.Size; j++, place++)
                {
                    var column = right * Columns.Stride + j * Columns.Dilation - Columns.Before;
                    if (row >= 0 && row < rows && column >= 0 && column < columns)
                        each(place, (sample * rows + row) * columns + column);
                }
            }
        }
    }
}
