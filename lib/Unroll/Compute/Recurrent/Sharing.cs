namespace Unroll.Compute.Recurrent;

/// <summary>What the threads of a pass over a sequence share.</summary>
internal enum Share
{
    /// <summary>Nothing: one thread makes it.</summary>
    Nothing,

    /// <summary>The samples: nobody waits for anybody between steps.</summary>
    Samples,

    /// <summary>The units of every step, where there are too few samples: see <see cref="StepsJob"/>.</summary>
    Units,
}

/// <summary>When threads share a pass, and how.</summary>
internal static class Sharing
{
    /// <summary>Below this many multiplications a second thread costs more than it gives.</summary>
    public const long ParallelFrom = 3_000_000;

    // The same for the part of a thread in a step, where threads wait for each other after each.
    private const long ParallelStepFrom = 16_384;

    // With fewer samples each, threads share the units instead.
    private const int FewSamples = 4;

    /// <summary>What is shared, where units come in groups of <paramref name="group"/>.</summary>
    public static Share Of(RecurrentLayout layout, int group)
    {
        if (Workers.Threads == 1 || layout.StepWork * layout.Steps < ParallelFrom)
            return Share.Nothing;
        if (layout.Batch < FewSamples * Workers.Threads && layout.Steps > 1 && MostWorkers(layout, group) > 1)
            return Share.Units;
        return layout.Batch > 1 ? Share.Samples : Share.Nothing;
    }

    /// <summary>How many threads can share the units.</summary>
    public static int MostWorkers(RecurrentLayout layout, int group) =>
        (int)Math.Min((layout.Units + group - 1) / group, layout.StepWork / ParallelStepFrom);
}
