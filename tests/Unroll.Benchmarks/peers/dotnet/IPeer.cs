namespace Unroll.Benchmarks.Peers;

/// <summary>A library that is timed.</summary>
internal interface IPeer
{
    string Library { get; }

    string Version { get; }

    /// <summary>Of inference, predict and training those that it knows.</summary>
    string[] Modes { get; }

    /// <summary>Makes ready what is asked for.</summary>
    /// <returns>The call to be timed, and its result: outputs (batch, time, units), or the losses of the first steps.</returns>
    (Action Call, float[] Result) Prepare(Request request);
}
