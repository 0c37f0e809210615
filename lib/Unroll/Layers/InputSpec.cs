namespace Unroll.Layers;

/// <summary>What a layer asks of its input, and the error that teaches when it does not get it.</summary>
/// <param name="Rank">How many axes, exactly; null for any number.</param>
/// <param name="MinRank">How many axes at least.</param>
/// <param name="Axes">The axes in words: <c>batch, time, features</c>.</param>
/// <param name="Features">The length of the last axis, once the weights are made for it.</param>
/// <param name="NeedsFeatures">Whether weights are made for the last axis.</param>
internal sealed record InputSpec(int? Rank = null, int MinRank = 0, string Axes = "", int? Features = null, bool NeedsFeatures = false)
{
    public static readonly InputSpec Any = new();

    public static readonly InputSpec Sequence = new(Rank: 3, Axes: "batch, time, features");

    public static readonly InputSpec Picture = new(Rank: 4, Axes: "batch, rows, columns, channels");

    public static readonly InputSpec WeighedSequence = Sequence with { NeedsFeatures = true };

    public void Check(Layer layer, Shape shape, Layer? from)
    {
        var source = from is null or InputLayer ? "" : $" from {from.Name}";
        if (Rank is { } rank && shape.Rank != rank)
            throw new ArgumentException($"{layer.Name} expects {rank} axes ({Axes}) but got {shape}{source}.{RankAdvice(shape, from)}");
        if (shape.Rank < MinRank)
            throw new ArgumentException($"{layer.Name} expects at least {MinRank} axes ({Axes}) but got {shape}{source}.{RankAdvice(shape, from)}");
        if (NeedsFeatures && Features is null && shape.Rank > 0 && !shape.IsKnownAt(shape.Rank - 1))
        {
            throw new ArgumentException(
                $"{layer.Name} makes its weights for the length of the last axis, the features, but got {shape}{source}. " +
                $"Give that axis a length: {FeatureAdvice(shape, from)}.");
        }

        if (Features is { } features && shape.At(shape.Rank - 1) is { } found && found != features)
        {
            throw new ArgumentException(
                $"{layer.Name} expects {features} features on the last axis but got {found}: {shape}{source}. " +
                $"Its weights are made for {features}; give it such input, or make a new layer.");
        }
    }

    private static string FeatureAdvice(Shape shape, Layer? from) => from is null or InputLayer
        ? $"begin the model with new Input([{string.Join(", ", Enumerable.Repeat("…", shape.Rank - 2).Append("features"))}]) and a number for features"
        : $"where the model begins, give a number to each axis that {from.Name} makes it of";

    private string RankAdvice(Shape shape, Layer? from)
    {
        if (shape.Rank == (Rank ?? MinRank) - 1 && from is { IsInput: false, CanReturnSequences: true })
            return $" Set returnSequences: true on {from.Name}.";
        if (shape.Rank == 2 && (Rank ?? MinRank) == 3)
            return " Give it one row of features for each time step, for example x.Reshape(batch, time, 1).";
        return Rank == 3 && shape.Rank == 4 ? " Wrap the layer in TimeDistributed, or merge two axes with Reshape." : "";
    }
}
