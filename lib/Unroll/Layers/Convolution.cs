namespace Unroll.Layers;

/// <summary>Filters that slide along a sequence or over pictures: one matrix product of all windows, side by side, and the kernel.</summary>
internal abstract class Convolution
{
    private readonly string _layer;
    private readonly int[] _size;

    private protected Convolution(int[] size, Padding padding, string layer) => (_size, Padding, _layer) = (size, padding, layer);

    public Padding Padding { get; }

    /// <summary>The shape of a kernel: (…size, channels, filters).</summary>
    public Shape KernelShape(int channels, int filters) => [.. _size, channels, filters];

    /// <summary>The shape of the output, with the filters as its last axis.</summary>
    /// <exception cref="ArgumentException">No window fits into the input.</exception>
    public abstract Shape OutputShape(Shape input, int filters);

    /// <summary>The products of all windows and the kernel, and a bias.</summary>
    /// <exception cref="ArgumentException">The windows hold more numbers than a tensor can.</exception>
    public Tensor Of(Tensor input, Tensor kernel, Tensor? bias = null)
    {
        var filters = kernel.Shape[^1];
        var numbers = kernel.Shape.Size / filters;
        var output = OutputShape(input.Shape, filters);
        var windows = output.With(output.Rank - 1, numbers);
        if (windows.LongSize > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{_layer}: its windows, {windows}, hold {windows.LongSize} numbers; {Array.MaxLength} is the most. Use smaller batches.");
        }

        return Of(input, kernel, bias, output);
    }

    /// <summary>The same, in the shape that the output is known to have.</summary>
    private protected virtual Tensor Of(Tensor input, Tensor kernel, Tensor? bias, Shape output)
    {
        var filters = kernel.Shape[^1];
        var numbers = kernel.Shape.Size / filters;
        var rows = Windows(input).Viewed(Shape.Of(output.Without(output.Rank - 1).Size, numbers));
        return rows.Affine(kernel.Viewed(Shape.Of(numbers, filters)), bias).Viewed(output);
    }

    /// <summary>The windows side by side, in the order of the output.</summary>
    private protected abstract Tensor Windows(Tensor input);
}
