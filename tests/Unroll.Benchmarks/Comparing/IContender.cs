using Unroll.Benchmarks.Measuring;

namespace Unroll.Benchmarks.Comparing;

/// <summary>Somebody who can run an LSTM and be timed at it.</summary>
internal interface IContender
{
    /// <summary>The name and the version.</summary>
    string Name { get; }

    /// <summary>Whether it knows the mode, at so many threads.</summary>
    bool Knows(Mode mode, int threads);

    /// <summary>
    /// Gets ready and runs once. The result is the sequence of outputs (batch, time, units), or in training the losses
    /// before each of the first <see cref="ResultCheck.TrainingSteps"/> steps.
    /// </summary>
    float[] Prepare(Workload workload, Mode mode, int threads);

    /// <summary>Runs what was prepared for about so many milliseconds.</summary>
    Timing Time(double milliseconds);
}
