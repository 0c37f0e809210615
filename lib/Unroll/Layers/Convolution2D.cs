namespace Unroll.Layers;

/// <summary>A convolution over (batch, rows, columns, channels).</summary>
internal sealed class Convolution2D : Convolution
{
    private readonly Windows2D _windows;

    /// <exception cref="ArgumentException">A number is not positive.</exception>
    /// <exception cref="NotSupportedException">strides and dilationRate are both above 1, as in Keras.</exception>
    public Convolution2D(Pair kernelSize, Pair strides, Pair dilationRate, Padding padding, string layer)
        : base([Arguments.Positive(kernelSize, layer).First, kernelSize.Second], padding, layer)
    {
        if (Arguments.Positive(strides, layer) != 1 && Arguments.Positive(dilationRate, layer) != 1)
            throw new NotSupportedException($"{layer}: strides {strides} together with dilationRate {dilationRate} is not supported, as in Keras.");
        _windows = new Windows2D(kernelSize, strides, Arguments.Positive(dilationRate, layer), padding, layer, nameof(kernelSize));
    }

    public override Shape OutputShape(Shape input, int filters) => _windows.OutputShape(input, filters);

    private protected override Tensor Windows(Tensor input) => input.Windows(_windows.On(input.Shape));
}
