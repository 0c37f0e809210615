using System.Diagnostics.CodeAnalysis;

namespace Unroll.Training;

/// <summary>
/// A number reported beside the loss. <c>Compile</c> takes metrics by name, <c>metrics: ["accuracy"]</c>, or as objects; one
/// of your own is <c>new Metric("name", (yTrue, yPred) =&gt; …)</c>, whose mean is taken over all samples. One that is not a
/// mean derives from this and overrides <see cref="UpdateState"/>, <see cref="Result"/> and <see cref="ResetState"/>.
/// </summary>
/// <remarks>
/// A known name is Keras', also in camelCase, and History has the number under Keras' spelling of the name that was given:
/// <c>acc</c> for "acc", <c>mean_squared_error</c> for "meanSquaredError".
/// </remarks>
public class Metric
{
    private readonly Func<Tensor, Tensor, Tensor>? _function;
    private double _sum;
    private double _weight;

    /// <summary>Makes a metric of a function of truth and prediction.</summary>
    /// <param name="name">The name in History and in the progress bar.</param>
    /// <param name="function">Gives one number, or one for each sample, of which the mean is taken.</param>
    public Metric(string name, Func<Tensor, Tensor, Tensor> function)
        : this(name)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
    }

    /// <summary>Makes a metric whose class says how it is computed.</summary>
    /// <param name="name">The name in History and in the progress bar.</param>
    protected Metric(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The name in History and in the progress bar.</summary>
    public string Name { get; }

    /// <summary>Whether a greater number is a better one; null where that is not known. EarlyStopping and others go by it.</summary>
    internal bool? IsBetterGreater { get; init; }

    /// <summary>A metric by its name; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Metric?(string? name) => name is null ? null : FromString(name);

    /// <summary>A metric by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public static Metric FromString(string name) => NearestName.Find(Metrics.Known, name, "metric")();

    /// <summary>The metric of a batch by itself. What the mask of the predictions passes over is left out.</summary>
    public float Call(Tensor yTrue, Tensor yPred)
    {
        var alone = Fresh();
        alone.UpdateState(yTrue, yPred);
        return alone.Result();
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="yTrue">The truth.</param>
    /// <param name="yPred">The predictions; what their mask passes over is left out.</param>
    /// <param name="sampleWeight">How much each sample, (batch), or each step, (batch, time), counts; null for 1 each.</param>
    public virtual void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        if (_function is null)
            throw new NotSupportedException($"{GetType().Name} has no function: override UpdateState, Result and ResetState.");
        var values = _function(yTrue, yPred) ?? throw new InvalidOperationException($"{Name}: its function returned null; it must give a tensor.");

        // One number for a whole batch stands for all of its samples.
        var (sum, weight) = WeightedMean.Parts(values, yPred.Mask, sampleWeight, Name);
        var samples = values.Rank == 0 ? yPred.Shape[0] : 1;
        _sum += sum * samples;
        _weight += weight * samples;
    }

    /// <summary>The metric of all batches since the last reset; 0 where no sample counts.</summary>
    public virtual float Result() => _weight == 0 ? 0 : (float)(_sum / _weight);

    /// <summary>Begins anew.</summary>
    public virtual void ResetState() => (_sum, _weight) = (0, 0);

    /// <summary>The same metric with a state of its own.</summary>
    internal Metric Fresh()
    {
        var fresh = (Metric)MemberwiseClone();
        fresh.ResetState();
        return fresh;
    }
}
