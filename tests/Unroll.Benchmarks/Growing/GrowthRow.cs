using Unroll.Benchmarks.Comparing;
using Unroll.Benchmarks.Measuring;
using Unroll.Compute.Recurrent;

namespace Unroll.Benchmarks.Growing;

/// <summary>How time and memory grow with the length of the sequence, on one thread.</summary>
/// <param name="Shape">The shape; its time is what grows.</param>
/// <param name="Mode">Inference, of the last output alone, or a step of training.</param>
/// <param name="Time">The time of a call.</param>
/// <param name="FirstBytes">What the first call at this length allocates: result, work memory and the growth of pools.</param>
/// <param name="SteadyBytes">What every further call allocates.</param>
/// <param name="Formula">In training, the memory that the tape is said to need.</param>
internal sealed record GrowthRow(NetworkShape Shape, Mode Mode, Timing Time, long FirstBytes, long SteadyBytes, long? Formula)
{
    private static readonly int[] Lengths = [10, 100, 1000, 10_000];

    /// <summary>Microseconds of one step of the sequence.</summary>
    public double StepMicroseconds => Time.Least * 1000 / Shape.Time;

    public static IReadOnlyList<GrowthRow> Measure(Effort effort) =>
    [
        .. Lengths.Select(length => Measure(NetworkShape.Lstm(1, length, 3, 5), Mode.Inference, effort)),
        .. Lengths.Select(length => Measure(NetworkShape.Lstm(32, length, 64, 128), Mode.Inference, effort)),
        .. Lengths.Select(length => Measure(NetworkShape.Lstm(2, length, 64, 128), Mode.Training, effort)),
    ];

    private static GrowthRow Measure(NetworkShape shape, Mode mode, Effort effort)
    {
        Backend.Threads = 1;
        var workload = new Workload(shape);
        Action call;
        if (mode == Mode.Training)
        {
            var model = OurModel.Training(workload);
            call = () => model.TrainOnBatch(workload.X, workload.Y);
        }
        else
        {
            var layer = OurModel.Predicting(workload, lastOnly: true).Layers[0];
            call = () => layer.Apply(workload.X);
        }

        var first = Allocations.During(call);
        Stopclock.WarmUp(call, effort.Milliseconds);
        var turns = Enumerable.Range(0, effort.Rounds).Select(_ => Stopclock.Run(call, effort.Milliseconds)).ToList();
        return new GrowthRow(
            shape, mode, Timing.Of(turns), first, Allocations.PerCall(call, 4), mode == Mode.Training ? TrainingBytes(shape) : null);
    }

    /// <summary>The formula that <see cref="RecurrentTape"/> states.</summary>
    private static long TrainingBytes(NetworkShape shape)
    {
        var layer = shape.Layers[0];
        return 4L * shape.Batch * (shape.Time * (layer.Inputs + 6L * layer.Units) + layer.Inputs + layer.Units);
    }
}
