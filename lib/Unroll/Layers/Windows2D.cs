namespace Unroll.Layers;

/// <summary>The windows of a layer over (batch, rows, columns, channels), and what their sizes make of a shape.</summary>
internal sealed class Windows2D(Pair size, Pair strides, Pair dilation, Padding padding, string layer, string sizeName)
{
    public Padding Padding => padding;

    /// <summary>The shape of the output with so many channels.</summary>
    public Shape OutputShape(Shape input, int? channels)
    {
        var rows = padding.OutputLength(input.At(1), size.First, strides.First, dilation.First);
        var columns = padding.OutputLength(input.At(2), size.Second, strides.Second, dilation.Second);
        if (rows == 0 || columns == 0)
        {
            throw new ArgumentException(
                $"{layer}: a window of {size} does not fit into {input.At(1)} rows and {input.At(2)} columns: {input}. " +
                $"Use a smaller {sizeName}, or padding: \"same\".");
        }

        return Shape.Create([input.At(0), rows, columns, channels]);
    }

    /// <summary>Where the windows lie on data.</summary>
    public WindowGrid On(Shape input)
    {
        var output = OutputShape(input, input[3]);
        return new WindowGrid(
            Axis(output[1], input[1], size.First, strides.First, dilation.First),
            Axis(output[2], input[2], size.Second, strides.Second, dilation.Second));
    }

    private WindowAxis Axis(int count, int length, int window, int stride, int step) =>
        new(count, window, stride, step, padding.Around(length, window, stride, step, layer).Before);
}
