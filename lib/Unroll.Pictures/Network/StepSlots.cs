using System.Globalization;

namespace Unroll.Pictures.Network;

/// <summary>The steps of a sequence that a drawing shows: all of a short one; of a long one the first few and the last.</summary>
internal sealed class StepSlots
{
    public const string Gap = "⋯";

    private StepSlots(string[] labels) => Labels = labels;

    /// <summary>What the steps are called, from 1 on; <see cref="Gap"/> where some are left out.</summary>
    public IReadOnlyList<string> Labels { get; }

    public int Count => Labels.Count;

    public bool IsGap(int slot) => ReferenceEquals(Labels[slot], Gap);

    /// <summary>The slots of a sequence whose length may not be known: the last step is then called T.</summary>
    public static StepSlots Of(int? length, int most)
    {
        var last = length?.ToString(CultureInfo.InvariantCulture) ?? "T";
        if (length is { } known && known <= most)
            return new([.. Enumerable.Range(1, known).Select(step => step.ToString(CultureInfo.InvariantCulture))]);
        return new([.. Enumerable.Range(1, most - 2).Select(step => step.ToString(CultureInfo.InvariantCulture)), Gap, last]);
    }
}
