using Unroll.Compute.Recurrent;

namespace Unroll.Benchmarks.Comparing;

/// <summary>The kernels of one LSTM layer with nothing around them: what the layers and the model are measured against.</summary>
internal sealed class BareKernels
{
    private readonly RecurrentLayout _layout;
    private readonly float[] _x;
    private readonly float[] _kernel;
    private readonly float[] _recurrent;
    private readonly float[] _bias;
    private readonly float[] _zeros;
    private readonly float[] _h;
    private readonly float[] _c;
    private readonly float[] _sequence;
    private readonly float[] _dKernel;
    private readonly float[] _dRecurrent;
    private readonly float[] _dBias;

    public BareKernels(Workload workload)
    {
        var (shape, layer) = (workload.Shape, workload.Shape.Layers[0]);
        _layout = new RecurrentLayout(shape.Batch, shape.Time, layer.Inputs, layer.Units, Gates: 4, TimeMajor: false, GoBackwards: false);
        _x = workload.X.ToArray();
        float[][] weights = [.. workload.Weights[0].Select(weight => weight.ToArray())];
        (_kernel, _recurrent, _bias) = (weights[0], weights[1], weights[2]);
        var states = shape.Batch * layer.Units;
        (_zeros, _h, _c, _sequence) = (new float[states], new float[states], new float[states], new float[states * shape.Time]);
        (_dKernel, _dRecurrent, _dBias) = (new float[_kernel.Length], new float[_recurrent.Length], new float[_bias.Length]);
    }

    private RecurrentInputs Inputs => new()
    {
        X = _x,
        H0 = _zeros,
        C0 = _zeros,
        Kernel = _kernel,
        RecurrentKernel = _recurrent,
        Bias = _bias,
    };

    /// <summary>The whole sequence forward.</summary>
    public void Forward() => RecurrentKernel.Lstm.Forward(
        _layout, Inputs, tape: null, new RecurrentOutputs { Sequence = _sequence, H = _h, C = _c });

    /// <summary>Forward with a tape, and back from the last output to the weights. Without an optimizer.</summary>
    public void ForwardAndBackward()
    {
        var tape = RecurrentKernel.Lstm.NewTape(_layout);
        RecurrentKernel.Lstm.Forward(_layout, Inputs, tape, new RecurrentOutputs { H = _h, C = _c });

        // Any gradient of the last output will do: its own values are at hand.
        RecurrentKernel.Lstm.Backward(_layout, Inputs, tape, new RecurrentOutputs { H = _h }, new RecurrentGradients
        {
            H0 = new float[_zeros.Length],
            C0 = new float[_zeros.Length],
            Kernel = _dKernel,
            RecurrentKernel = _dRecurrent,
            Bias = _dBias,
        });
    }
}
