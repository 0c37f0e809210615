using System.Runtime.InteropServices;

namespace Unroll.Compute.Recurrent;

/// <summary>What one thread makes of a step: some samples, of which some units. The second number is the first that is not in it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Part(int FromSample, int ToSample, int FromUnit, int ToUnit)
{
    /// <summary>The n-th of as many shares of the samples, with all units.</summary>
    public static Part OfSamples(RecurrentLayout layout, int n, int shares) =>
        new(n * layout.Batch / shares, (n + 1) * layout.Batch / shares, 0, layout.Units);

    /// <summary>The n-th of as many shares of the units, which come in groups, of all samples.</summary>
    public static Part OfUnits(RecurrentLayout layout, int group, int n, int shares)
    {
        var groups = (layout.Units + group - 1) / group;
        return new(0, layout.Batch, n * groups / shares * group, Math.Min(layout.Units, (n + 1) * groups / shares * group));
    }
}
