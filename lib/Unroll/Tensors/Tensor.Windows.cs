namespace Unroll;

public sealed partial class Tensor
{
    /// <summary>
    /// The windows that slide along the time axis of (batch, time, features), side by side:
    /// (batch, windows, size, features).
    /// </summary>
    internal Tensor Windows(int size, int stride, int dilation)
    {
        var (batch, time, features) = (Shape[0], Shape[1], Shape[2]);
        var count = (int)((time - (size - 1L) * dilation - 1 + stride) / stride);
        var result = Unwritten(Shape.Of(batch, count, size, features));

        // Places that follow each other are copied together.
        var (run, runs) = dilation == 1 ? (size * features, 1) : (features, size);
        Compute.Workers.RunShares(batch, (long)result.Size, (from, to) =>
        {
            for (var row = from * count * runs; row < to * count * runs; row++)
                _values.AsSpan(Start(row, runs), run).CopyTo(result._values.AsSpan(row * run));
        });

        return GradientTape.Record(result, (this, g =>
        {
            var sums = ZerosLike(this);
            Compute.Workers.RunShares(batch, (long)g.Size, (from, to) =>
            {
                for (var row = from * count * runs; row < to * count * runs; row++)
                {
                    var step = sums._values.AsSpan(Start(row, runs), run);
                    System.Numerics.Tensors.TensorPrimitives.Add(step, g._values.AsSpan(row * run, run), step);
                }
            });

            return GradientTape.Record(sums, (g, gg => gg.Windows(size, stride, dilation)));
        }
        ));

        int Start(int row, int places)
        {
            var (window, place) = Math.DivRem(row, places);
            var (sample, number) = Math.DivRem(window, count);
            return (sample * time + number * stride + place * dilation) * features;
        }
    }

    /// <summary>
    /// The greatest number of each window along the time axis of (batch, time, features), in the given shape. Windows may
    /// reach out of the sequence. The first of equal numbers gets the gradient, as in TensorFlow and PyTorch.
    /// </summary>
    internal Tensor MaxOverWindows(Shape shape, int size, int stride, int before)
    {
        var (time, features) = (Shape[1], Shape[2]);
        var places = new int[shape.Size];
        for (var i = 0; i < places.Length; i++)
        {
            var (window, feature) = Math.DivRem(i, features);
            var (sample, number) = Math.DivRem(window, shape[1]);
            var start = number * stride - before;
            places[i] = -1;
            for (var step = Math.Max(0, start); step < Math.Min(time, start + size); step++)
            {
                var place = (sample * time + step) * features + feature;
                if (places[i] < 0 || _values[place] > _values[places[i]] || float.IsNaN(_values[place]))
                    places[i] = place;
            }
        }

        return Pick(places, shape);
    }

    /// <summary>
    /// The mean of each window along the time axis of (batch, time, features), in the given shape. Of a window that reaches out
    /// of the sequence, what lies within it.
    /// </summary>
    internal Tensor MeanOverWindows(Shape shape, int size, int stride, int before)
    {
        var (time, features) = (Shape[1], Shape[2]);
        var result = Zeros([.. shape.Axes]);
        ForWindows((window, step, share) =>
        {
            for (var i = 0; i < features; i++)
                result._values[window * features + i] += _values[step * features + i] * share;
        });
        return GradientTape.Record(result, (this, g =>
        {
            var sums = ZerosLike(this);
            ForWindows((window, step, share) =>
            {
                for (var i = 0; i < features; i++)
                    sums._values[step * features + i] += g._values[window * features + i] * share;
            });
            return GradientTape.Record(sums, (g, gg => gg.MeanOverWindows(shape, size, stride, before)));
        }
        ));

        void ForWindows(Action<int, int, float> each)
        {
            for (var window = 0; window < shape[0] * shape[1]; window++)
            {
                var (sample, number) = Math.DivRem(window, shape[1]);
                int first = Math.Max(0, number * stride - before), end = Math.Min(time, number * stride - before + size);
                for (var step = first; step < end; step++)
                    each(window, sample * time + step, 1f / (end - first));
            }
        }
    }

    /// <summary>Rows of a matrix, in the given shape and a last axis for their elements; a row may be there several times.</summary>
    internal Tensor Rows(int[] rows, Shape shape)
    {
        var width = Shape[1];
        var result = Unwritten(Shape.Create([.. shape, width]));
        for (var i = 0; i < rows.Length; i++)
            _values.AsSpan(rows[i] * width, width).CopyTo(result._values.AsSpan(i * width));
        return GradientTape.Record(result, (this, g =>
        {
            var sums = ZerosLike(this);
            for (var i = 0; i < rows.Length; i++)
            {
                var sum = sums._values.AsSpan(rows[i] * width, width);
                System.Numerics.Tensors.TensorPrimitives.Add(sum, g._values.AsSpan(i * width, width), sum);
            }

            return GradientTape.Record(sums, (g, gg => gg.Rows(rows, shape)));
        }
        ));
    }

    /// <summary>The elements at the given places, in the given shape.</summary>
    private Tensor Pick(int[] places, Shape shape) => GradientTape.Record(
        new Tensor(shape, Array.ConvertAll(places, place => _values[place])),
        (this, g =>
        {
            var sums = ZerosLike(this);
            for (var i = 0; i < places.Length; i++)
                sums._values[places[i]] += g._values[i];
            return GradientTape.Record(sums, (g, gg => gg.Pick(places, shape)));
        }
    ));
}
