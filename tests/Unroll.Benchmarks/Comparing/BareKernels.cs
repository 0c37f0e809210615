using Unroll.Compute;

namespace Unroll.Benchmarks.Comparing;

/// <summary>The LSTM's kernels on a workload with nothing around them: what the layers and the model are measured against.</summary>
internal sealed class BareKernels
{
    private readonly LstmLayout _layout;
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
        var shape = workload.Shape;
        _layout = new LstmLayout(shape.Batch, shape.Time, shape.Inputs, shape.Units, TimeMajor: false, GoBackwards: false);
        (_x, _kernel, _recurrent, _bias) = (workload.X.ToArray(), workload.Kernel.ToArray(), workload.Recurrent.ToArray(), workload.Bias.ToArray());
        var states = shape.Batch * shape.Units;
        (_zeros, _h, _c, _sequence) = (new float[states], new float[states], new float[states], new float[states * shape.Time]);
        (_dKernel, _dRecurrent, _dBias) = (new float[_kernel.Length], new float[_recurrent.Length], new float[_bias.Length]);
    }

    /// <summary>The whole sequence forward.</summary>
    public void Forward() => LstmForward.Run(_layout, _x, _zeros, _zeros, _kernel, _recurrent, _bias, tape: null, _sequence, _h, _c);

    /// <summary>Forward with a tape, and back from the last output to the weights. Without an optimizer.</summary>
    public void ForwardAndBackward()
    {
        var tape = new LstmTape(_layout);
        LstmForward.Run(_layout, _x, _zeros, _zeros, _kernel, _recurrent, _bias, tape, sequence: [], _h, _c);

        // Any gradient of the last output will do: its own values are at hand.
        var gradients = new LstmGradients(sequence: [], h: _h, c: []);
        float[] dH = new float[_zeros.Length], dC = new float[_zeros.Length];
        LstmBackward.Run(_layout, _zeros, _kernel, _recurrent, tape, gradients, dX: [], dH, dC, _dKernel, _dRecurrent, _dBias);
    }
}
