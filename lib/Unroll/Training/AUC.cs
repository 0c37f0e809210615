namespace Unroll.Training;

/// <summary>
/// The area under the ROC curve, or under the curve of precision and recall, from the counts at some thresholds, as in Keras: a
/// sum of trapezia under ROC, and Davis and Goadrich's interpolation (2006) under PR.
/// </summary>
public sealed class AUC : ConfusionMetric
{
    /// <summary>Makes the metric; the arguments are Keras'.</summary>
    /// <param name="numThresholds">How many thresholds there are, from just below 0 to just above 1.</param>
    /// <param name="curve"><c>"ROC"</c> or <c>"PR"</c>.</param>
    /// <param name="name">The name in History.</param>
    /// <exception cref="ArgumentException">There are fewer than two thresholds, or the curve is another.</exception>
    public AUC(int numThresholds = 200, string curve = "ROC", string name = "auc")
        : base(name, Thresholds(numThresholds))
    {
        ArgumentNullException.ThrowIfNull(curve);
        Curve = curve is "ROC" or "PR" ? curve : throw new ArgumentException($"{name}: curve must be \"ROC\" or \"PR\" but is \"{curve}\".");
        NumThresholds = numThresholds;
    }

    /// <summary>How many thresholds there are, from just below 0 to just above 1.</summary>
    public int NumThresholds { get; }

    /// <summary><c>"ROC"</c> or <c>"PR"</c>.</summary>
    public string Curve { get; }

    /// <inheritdoc/>
    public override float Result()
    {
        var area = 0.0;
        for (var t = 0; t + 1 < TruePositives.Length; t++)
            area += Curve == "ROC" ? Trapezium(t) : Interpolated(t);
        return (float)area;
    }

    private static float[] Thresholds(int count)
    {
        if (count < 2)
            throw new ArgumentException($"AUC: numThresholds must be at least 2 but is {count}.");
        return [-BinaryCrossentropy.Epsilon, .. Enumerable.Range(1, count - 2).Select(i => (float)i / (count - 1)), 1 + BinaryCrossentropy.Epsilon];
    }

    private double Trapezium(int t) =>
        (Share(FalsePositives[t], Negatives) - Share(FalsePositives[t + 1], Negatives))
        * (Share(TruePositives[t], Positives) + Share(TruePositives[t + 1], Positives)) / 2;

    /// <summary>Between two thresholds, true positives rise in a straight line with all that are said to be yes.</summary>
    private double Interpolated(int t)
    {
        var (more, less) = (TruePositives[t] + FalsePositives[t], TruePositives[t + 1] + FalsePositives[t + 1]);
        var gained = TruePositives[t] - TruePositives[t + 1];
        var slope = Share(gained, Math.Max(more - less, 0));
        var intercept = TruePositives[t + 1] - slope * less;
        var ratio = more > 0 && less > 0 ? more / less : 1;
        return Share(slope * (gained + intercept * Math.Log(ratio)), Positives);
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
