namespace Unroll.Benchmarks.Comparing;

/// <summary>Whether a peer computed what we did: only then are the times worth comparing.</summary>
internal static class ResultCheck
{
    /// <summary>
    /// How many steps are compared, of training and of a stream: the second and third losses depend on gradients and on Adam,
    /// the second and third outputs on the states that were kept.
    /// </summary>
    public const int Steps = 3;

    // Outputs lie within -1 and 1; sums of 768 products over 100 steps differ in their last digits.
    private const double OutputTolerance = 2e-5;
    private const double LossTolerance = 1e-4;

    /// <summary>How many calls of inference make the result.</summary>
    public static int Calls(NetworkShape shape) => shape.Stream ? Steps : 1;

    /// <summary>The largest difference, of losses relative to their size.</summary>
    /// <exception cref="InvalidOperationException">The results differ by more than rounding.</exception>
    public static double Compare(string peer, Mode mode, float[] ours, float[] theirs)
    {
        if (ours.Length != theirs.Length)
            throw new InvalidOperationException($"{peer} gave {theirs.Length} numbers where {ours.Length} are expected.");
        var (largest, tolerance) = (0.0, mode == Mode.Training ? LossTolerance : OutputTolerance);
        for (var i = 0; i < ours.Length; i++)
        {
            var difference = Math.Abs((double)ours[i] - theirs[i]) / (mode == Mode.Training ? Math.Abs(ours[i]) : 1);
            // Not >, or NaN would pass.
            if (!(difference <= tolerance))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{peer} computes something else: number {i} is {theirs[i]}, ours {ours[i]}. The times are not comparable."));
            }

            largest = Math.Max(largest, difference);
        }

        return largest;
    }
}
