namespace Unroll.Training;

/// <summary>Counts of right and wrong answers to yes-or-no questions, each as often as it weighs.</summary>
public abstract class ConfusionMetric : Metric
{
    private readonly float[] _thresholds;
    private readonly int? _classId;
    private readonly int? _topK;

    private protected ConfusionMetric(string name, float[] thresholds, int? topK = null, int? classId = null)
        : base(name)
    {
        if (topK <= 0)
            throw new ArgumentException($"{name}: topK must be a positive whole number but is {topK}.");
        (_thresholds, _topK, _classId) = (thresholds, topK, classId);
        IsBetterGreater = true;
        Reset();
    }

    /// <summary>For each threshold, the weight of the samples that are yes and are said to be.</summary>
    private protected double[] TruePositives { get; private set; }

    /// <summary>For each threshold, the weight of the samples that are no and are said to be yes.</summary>
    private protected double[] FalsePositives { get; private set; }

    /// <summary>The weight of the samples that are yes.</summary>
    private protected double Positives { get; private set; }

    /// <summary>The weight of the samples that are no.</summary>
    private protected double Negatives { get; private set; }

    /// <inheritdoc/>
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        if (yTrue.Shape != yPred.Shape)
            throw new ArgumentException($"{Name}: y has shape {yTrue.Shape} but the model gives {yPred.Shape}.");
        var weights = WeightedMean.Each(yPred, yPred.Mask, sampleWeight, Name);
        var classes = yPred.Rank > 1 ? yPred.Shape[^1] : 1;
        if (_classId is { } id && (id < 0 || id >= classes))
            throw new ArgumentException($"{Name}: classId is {id}, but the model gives {classes} classes, numbered from 0.");
        for (var i = 0; i < yPred.Size; i++)
        {
            if (weights[i] == 0 || _classId is { } one && i % classes != one)
                continue;
            var isYes = yTrue.Values[i] > 0.5f;
            Positives += isYes ? weights[i] : 0;
            Negatives += isYes ? 0 : weights[i];
            var counts = isYes ? TruePositives : FalsePositives;
            if (_topK is { } k && !IsAmong(yPred.Values.Slice(i / classes * classes, classes), i % classes, k))
                continue;

            // Thresholds rise: the sample is said to be yes under all that lie below its number.
            for (var t = 0; t < _thresholds.Length && yPred.Values[i] > _thresholds[t]; t++)
                counts[t] += weights[i];
        }
    }

    /// <inheritdoc/>
    public override void ResetState() => Reset();

    private static bool IsAmong(ReadOnlySpan<float> scores, int place, int k)
    {
        var above = 0;
        for (var i = 0; i < scores.Length; i++)
            above += scores[i] > scores[place] || scores[i] == scores[place] && i < place ? 1 : 0;
        return above < k;
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(TruePositives), nameof(FalsePositives))]
    private void Reset()
    {
        (TruePositives, FalsePositives) = (new double[_thresholds.Length], new double[_thresholds.Length]);
        (Positives, Negatives) = (0, 0);
    }
}

/// <summary>Counts above one threshold: <see cref="Precision"/> and <see cref="Recall"/>.</summary>
public abstract class ThresholdMetric : ConfusionMetric
{
    private protected ThresholdMetric(string name, double? thresholds, int? topK, int? classId)
        : base(name, [(float?)thresholds ?? (topK is null ? 0.5f : float.NegativeInfinity)], topK, classId) =>
        (Thresholds, TopK, ClassId) = (thresholds, topK, classId);

    /// <summary>Above which number a prediction means yes; null for 0.5, or with TopK any number.</summary>
    public double? Thresholds { get; }

    /// <summary>How many classes, those with the greatest numbers, may mean yes; null for all.</summary>
    public int? TopK { get; }

    /// <summary>The one class that is looked at, or null for all.</summary>
    public int? ClassId { get; }
}

/// <summary>Of the samples that are said to be yes, the share that are: <c>TP / (TP + FP)</c>, 0 where none is said to be.</summary>
public sealed class Precision : ThresholdMetric
{
    /// <summary>Makes the metric; the arguments are Keras'.</summary>
    /// <param name="thresholds">Above which number a prediction means yes. Default: 0.5, or with topK any number.</param>
    /// <param name="topK">Only the k classes with the greatest numbers may mean yes; null for all.</param>
    /// <param name="classId">The one class that is looked at, or null for all.</param>
    /// <param name="name">The name in History.</param>
    public Precision(double? thresholds = null, int? topK = null, int? classId = null, string name = "precision")
        : base(name, thresholds, topK, classId)
    {
    }

    /// <inheritdoc/>
    public override float Result() => TruePositives[0] == 0 ? 0 : (float)(TruePositives[0] / (TruePositives[0] + FalsePositives[0]));
}

/// <summary>Of the samples that are yes, the share that are said to be: <c>TP / (TP + FN)</c>, 0 where none is.</summary>
public sealed class Recall : ThresholdMetric
{
    /// <summary>Makes the metric; the arguments are Keras'.</summary>
    /// <inheritdoc cref="Precision(double?, int?, int?, string)"/>
    public Recall(double? thresholds = null, int? topK = null, int? classId = null, string name = "recall")
        : base(name, thresholds, topK, classId)
    {
    }

    /// <inheritdoc/>
    public override float Result() => Positives == 0 ? 0 : (float)(TruePositives[0] / Positives);
}
