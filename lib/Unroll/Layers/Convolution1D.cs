using Unroll.Compute;

namespace Unroll.Layers;

/// <summary>A convolution along (batch, time, channels).</summary>
internal sealed class Convolution1D : Convolution
{
    private readonly int _size;
    private readonly int _strides;
    private readonly int _dilation;
    private readonly string _layer;

    /// <exception cref="ArgumentException">A number is not positive.</exception>
    /// <exception cref="NotSupportedException">strides and dilationRate are both above 1, as in Keras.</exception>
    public Convolution1D(int kernelSize, int strides, int dilationRate, Padding padding, string layer)
        : base([Arguments.Positive(kernelSize, layer)], padding, layer)
    {
        _size = kernelSize;
        _strides = Arguments.Positive(strides, layer);
        _dilation = Arguments.Positive(dilationRate, layer);
        if (strides > 1 && dilationRate > 1)
            throw new NotSupportedException($"{layer}: strides {strides} together with dilationRate {dilationRate} is not supported, as in Keras.");
        _layer = layer;
    }

    public override Shape OutputShape(Shape input, int filters)
    {
        var windows = Padding.OutputLength(input.At(1), _size, _strides, _dilation);
        if (windows == 0)
        {
            throw new ArgumentException(
                $"{_layer}: a window of {(_size - 1L) * _dilation + 1} steps does not fit into {input.At(1)} steps: {input}. " +
                "Use a smaller kernelSize, or padding: \"same\".");
        }

        return Shape.Create([input.At(0), windows, filters]);
    }

    /// <summary>
    /// The products of each channel's windows and its own filters, those of a kernel (size, channels, multiplier): (batch,
    /// windows, channels · multiplier).
    /// </summary>
    /// <exception cref="ArgumentException">The products are more numbers than a tensor can hold.</exception>
    public Tensor OfEachChannel(Tensor input, Tensor kernel)
    {
        var output = OutputShape(input.Shape, kernel.Shape.Size / _size);
        if (output.LongSize > Array.MaxLength / _size)
        {
            throw new ArgumentException(
                $"{_layer}: its products, {output} for each of {_size} places of a window, are more than {Array.MaxLength} numbers. Use smaller batches.");
        }

        return (Windows(input).ExpandDims(-1) * kernel).Sum(2).Reshape([.. output.Axes]);
    }

    /// <summary>One kernel, which copies no windows, with its own derivative.</summary>
    private protected override Tensor Of(Tensor input, Tensor kernel, Tensor? bias, Shape output)
    {
        var before = Padding.Around(input.Shape[1], _size, _strides, _dilation, _layer).Before;
        if (input.Size == 0 || output.Size == 0)
            return base.Of(input, kernel, bias, output);
        var filters = output[2];
        var windows = new SequenceWindows(input.Shape[0], input.Shape[1], input.Shape[2], output[1], _size, _strides, _dilation, before);
        var result = Tensor.Unwritten(output);
        ConvolutionKernel.Forward(windows, filters, input.Memory, kernel.Memory, bias?.Memory ?? [], result.Memory);
        return bias is null
            ? GradientTape.Record(result, (input, ToInput), (kernel, ToKernel))
            : GradientTape.Record(result, (input, ToInput), (kernel, ToKernel), (bias, g => g.SumTo(bias.Shape)));

        Tensor ToInput(Tensor g)
        {
            if (GradientTape.IsRecording)
                return ByOperations(g, input);
            var gradient = Tensor.Unwritten(input.Shape);
            ConvolutionKernel.BackToInput(windows, filters, kernel.Memory, g.Memory, gradient.Memory);
            return gradient;
        }

        Tensor ToKernel(Tensor g)
        {
            if (GradientTape.IsRecording)
                return ByOperations(g, kernel);
            var gradient = Tensor.Unwritten(kernel.Shape);
            ConvolutionKernel.BackToKernel(windows, filters, input.Memory, g.Memory, gradient.Memory);
            return gradient;
        }

        // Another tape wants to go back through the gradient, which operations can.
        Tensor ByOperations(Tensor g, Tensor source)
        {
            using var tape = new GradientTape();
            tape.Watch(source);
            return tape.Gradient((base.Of(input, kernel, bias: null, output) * g).Sum(), source)!;
        }
    }

    private protected override Tensor Windows(Tensor input)
    {
        var (before, after) = Padding.Around(input.Shape[1], _size, _strides, _dilation, _layer);
        return input.Pad(1, before, after).Windows(_size, _strides, _dilation);
    }
}
