namespace Unroll.Training;

/// <summary>Classes as whole numbers, 0, 1, 2, …: the truth of the sparse losses and metrics.</summary>
internal static class Labels
{
    /// <summary>Whether the truth holds a label for each row of the predictions: (batch) or (batch, 1) beside (batch, classes).</summary>
    public static bool AreFor(Shape yTrue, Shape yPred) =>
        yTrue.Rank == yPred.Rank - 1 || yTrue.Rank == yPred.Rank && yTrue[^1] == 1 && yPred[^1] != 1;

    /// <summary>The labels without a last axis of length 1.</summary>
    public static Tensor Of(Tensor yTrue, Tensor yPred) =>
        yTrue.Rank == yPred.Rank ? yTrue.Reshape(((ReadOnlySpan<int>)yTrue.Shape)[..^1]) : yTrue;

    /// <summary>1 in the place of each label, 0 elsewhere, in a new last axis.</summary>
    /// <exception cref="ArgumentException">A label is not the number of a class.</exception>
    public static Tensor OneHot(Tensor labels, int classes, string name, int? ignored = null)
    {
        var result = Tensor.Zeros([.. (ReadOnlySpan<int>)labels.Shape, classes]);
        for (var i = 0; i < labels.Size; i++)
        {
            var label = labels.Values[i];
            if (label == ignored)
                continue;
            if (!(label >= 0 && label < classes && label == MathF.Floor(label)))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{name}: y holds {label}, but a label is a whole number from 0 to {classes - 1}: the last layer gives {classes} classes."));
            }

            result.Values[i * classes + (int)label] = 1;
        }

        return result;
    }
}
