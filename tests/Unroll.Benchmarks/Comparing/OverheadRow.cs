using Unroll.Benchmarks.Measuring;
using Unroll.Models;

namespace Unroll.Benchmarks.Comparing;

/// <summary>What layers, models and training add to the bare kernels, timed in turn with them.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Threads">The threads allowed.</param>
/// <param name="What">What is called.</param>
/// <param name="Time">Its time.</param>
/// <param name="Bare">The time of the kernels in it.</param>
/// <param name="Ratio">Its time over the kernels': the median of the rounds.</param>
internal sealed record OverheadRow(NetworkShape Shape, int Threads, string What, Timing Time, Timing Bare, double Ratio)
{
    // One call of Fit makes so many steps, an epoch of one batch each.
    private const int Epochs = 4;

    public static IReadOnlyList<OverheadRow> Measure(Workload workload, int threads, Effort effort)
    {
        Backend.Threads = threads;
        var (shape, bare) = (workload.Shape, new BareKernels(workload));
        var predicting = OurModel.Predicting(workload);
        var layer = predicting.Layers[0];
        var training = OurModel.Training(workload);
        Candidate[] forward =
        [
            new("bare forward kernel", bare.Forward),
            new("layer.Apply", () => layer.Apply(workload.X)),
            new("model.Predict", () => predicting.Predict(workload.X, shape.Batch)),
        ];
        Candidate[] step =
        [
            new("bare forward + backward kernels", bare.ForwardAndBackward),
            new("model.TrainOnBatch", () => training.TrainOnBatch(workload.X, workload.Y)),
            new("model.Fit, a step", () => training.Fit(workload.X, workload.Y, shape.Batch, Epochs, verbose: 0), Epochs),
        ];
        return [.. Rows(forward), .. Rows(step)];

        IEnumerable<OverheadRow> Rows(Candidate[] candidates)
        {
            foreach (var candidate in candidates)
                Stopclock.WarmUp(candidate.Call, effort.Milliseconds);
            var turns = candidates.Select(_ => new List<Timing>()).ToArray();
            for (var round = 0; round < effort.Rounds; round++)
            {
                for (var i = 0; i < candidates.Length; i++)
                    turns[i].Add(candidates[i].Time(effort.Milliseconds));
            }

            return candidates.Select((candidate, i) => new OverheadRow(
                shape,
                threads,
                candidate.What,
                Timing.Of(turns[i]),
                Timing.Of(turns[0]),
                Statistics.Median(turns[i].Zip(turns[0], (turn, kernel) => turn.Median / kernel.Median))));
        }
    }

    private sealed record Candidate(string What, Action Call, int Steps = 1)
    {
        public Timing Time(double milliseconds)
        {
            var turn = Stopclock.Run(Call, milliseconds);
            return new Timing(turn.Median / Steps, turn.Least / Steps, turn.Calls * Steps);
        }
    }
}
