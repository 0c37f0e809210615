using Unroll.Benchmarks.Measuring;

namespace Unroll.Benchmarks.Comparing;

/// <summary>Somebody who can run networks and be timed at them.</summary>
internal interface IContender
{
    /// <summary>The name and the version.</summary>
    string Name { get; }

    /// <summary>Whether it knows the network and the mode, at so many threads.</summary>
    bool Knows(NetworkShape shape, Mode mode, int threads);

    /// <summary>
    /// Gets ready and runs. The result is the sequence of outputs (batch, time, width), of a stream those of the first
    /// <see cref="ResultCheck.Steps"/> calls one after the other; or in training the losses before each of so many steps.
    /// </summary>
    float[] Prepare(Workload workload, Mode mode, int threads);

    /// <summary>Runs what was prepared for about so many milliseconds.</summary>
    Timing Time(double milliseconds);
}
