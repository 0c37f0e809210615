using Unroll.Training;

namespace Unroll.Models;

/// <content>How a model is trained: optimizer, losses and metrics.</content>
public partial class Model
{
    private Optimizer? _optimizer;
    private Loss[] _losses = [];
    private IReadOnlyDictionary<string, Loss>? _lossByName;
    private IReadOnlyList<double>? _lossWeights;
    private IReadOnlyDictionary<string, double>? _lossWeightByName;
    private Metric[] _metrics = [];
    private Metric[] _weightedMetrics = [];
    private IReadOnlyDictionary<string, IReadOnlyList<Metric>>? _metricsByName;

    /// <summary>The rule that changes the weights.</summary>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public Optimizer Optimizer => Compiled(nameof(Optimizer));

    /// <summary>Whether it is known how to train.</summary>
    internal bool IsCompiled => _optimizer is not null;

    /// <summary>The losses as they were given: one for all outputs or one for each.</summary>
    internal IReadOnlyList<Loss> CompiledLosses => _losses;

    /// <summary>The losses by the names of outputs, where they were given so.</summary>
    internal IReadOnlyDictionary<string, Loss>? LossByName => _lossByName;

    internal IReadOnlyList<double>? LossWeights => _lossWeights;

    internal IReadOnlyDictionary<string, double>? LossWeightByName => _lossWeightByName;

    internal IReadOnlyList<Metric> CompiledMetrics => _metrics;

    internal IReadOnlyList<Metric> WeightedMetrics => _weightedMetrics;

    internal IReadOnlyDictionary<string, IReadOnlyList<Metric>>? MetricsByName => _metricsByName;

    /// <summary>The metrics of all outputs.</summary>
    internal IEnumerable<Metric> AllMetrics => [.. _metrics, .. _weightedMetrics, .. _metricsByName?.Values.SelectMany(metrics => metrics) ?? []];

    /// <summary>Chooses how to train: <c>model.Compile(optimizer: "adam", loss: "mse")</c>.</summary>
    /// <param name="optimizer">A name, such as <c>"sgd"</c>, <c>"rmsprop"</c> or <c>"adam"</c>, or an object.</param>
    /// <param name="loss">A name, such as <c>"mse"</c>, <c>"binaryCrossentropy"</c> or <c>"sparseCategoricalCrossentropy"</c>, or an
    /// object; the same for each output.</param>
    /// <param name="lossWeights">How much the loss of each output counts in the sum; null for 1 each.</param>
    /// <param name="metrics">Names, such as <c>"accuracy"</c> or <c>"mae"</c>, or objects, reported for each output under Keras' name.</param>
    /// <param name="weightedMetrics">The same, weighted by the weights of samples.</param>
    /// <exception cref="ArgumentException">A name is unknown; the nearest known one is named.</exception>
    public void Compile(
        Optimizer optimizer,
        Loss loss,
        IReadOnlyList<double>? lossWeights = null,
        IReadOnlyList<Metric>? metrics = null,
        IReadOnlyList<Metric>? weightedMetrics = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Compile(optimizer, [loss], lossWeights, metrics, weightedMetrics);
    }

    /// <summary>Chooses how to train, with a loss for each output; the losses are added.</summary>
    /// <inheritdoc cref="Compile(Optimizer, Loss, IReadOnlyList{double}?, IReadOnlyList{Metric}?, IReadOnlyList{Metric}?)"/>
    public void Compile(
        Optimizer optimizer,
        IReadOnlyList<Loss> loss,
        IReadOnlyList<double>? lossWeights = null,
        IReadOnlyList<Metric>? metrics = null,
        IReadOnlyList<Metric>? weightedMetrics = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        NullCheck.Items(loss);
        if (metrics is not null)
            NullCheck.Items(metrics);
        if (weightedMetrics is not null)
            NullCheck.Items(weightedMetrics);
        if (loss.Count == 0)
            throw new ArgumentException($"{Name}: Compile needs a loss.", nameof(loss));
        _optimizer = optimizer;
        (_losses, _lossWeights, _metrics, _weightedMetrics) = ([.. loss], lossWeights, [.. metrics ?? []], [.. weightedMetrics ?? []]);
        (_lossByName, _lossWeightByName, _metricsByName) = (null, null, null);
    }

    /// <summary>Chooses how to train, with losses, their weights and metrics by the names of the outputs, those of their layers.</summary>
    /// <param name="optimizer">A name or an object.</param>
    /// <param name="loss">The loss of each output.</param>
    /// <param name="lossWeights">How much the loss of an output counts in the sum; 1 where nothing is said.</param>
    /// <param name="metrics">The metrics of an output.</param>
    /// <exception cref="ArgumentException">A name is unknown; found when the model is trained.</exception>
    public void Compile(
        Optimizer optimizer,
        IReadOnlyDictionary<string, Loss> loss,
        IReadOnlyDictionary<string, double>? lossWeights = null,
        IReadOnlyDictionary<string, IReadOnlyList<Metric>>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Compile(optimizer, [.. loss.Values]);
        (_lossByName, _lossWeightByName, _metricsByName) = (loss, lossWeights, metrics);
    }

    /// <summary>The loss of an output.</summary>
    internal Loss LossFor(int output) =>
        _lossByName is { } named ? named[OutputName(output)] : _losses[_losses.Length == 1 ? 0 : output];

    /// <summary>How much the loss of an output counts.</summary>
    internal double LossWeight(int output) => _lossWeightByName is { } named
        ? named.GetValueOrDefault(OutputName(output), 1)
        : _lossWeights?[output] ?? 1;

    /// <summary>The metrics of an output, each with whether it is weighted.</summary>
    internal IEnumerable<(Metric Metric, bool IsWeighted)> MetricsFor(int output) => _metricsByName is { } named
        ? named.GetValueOrDefault(OutputName(output), []).Select(metric => (metric, false))
        : _metrics.Select(metric => (metric, false)).Concat(_weightedMetrics.Select(metric => (metric, true)));

    private void CheckOutputCount(int truths, int outputs)
    {
        if (truths != outputs)
            throw new ArgumentException($"{Name} gives {outputs} outputs but y holds {truths}.");
        if (_lossByName is null && _losses.Length != 1 && _losses.Length != outputs)
            throw new ArgumentException($"{Name} gives {outputs} outputs but was compiled with {_losses.Length} losses.");
        if (_lossWeights is { } weights && weights.Count != outputs)
            throw new ArgumentException($"{Name} gives {outputs} outputs but was compiled with {weights.Count} lossWeights.");
        var names = Enumerable.Range(0, outputs).Select(OutputName).ToList();
        if (_lossByName is { } losses && names.Find(name => !losses.ContainsKey(name)) is { } missing)
            throw new ArgumentException($"{Name}: there is no loss for the output {missing}. Compile got losses for {string.Join(", ", losses.Keys)}.");
        var named = (_lossByName?.Keys ?? []).Concat(_lossWeightByName?.Keys ?? []).Concat(_metricsByName?.Keys ?? []);
        if (named.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
            throw new ArgumentException($"{Name} has no output {unknown}. Its outputs are {string.Join(", ", names)}.");
    }

    private Optimizer Compiled(string asked) => _optimizer ?? throw new InvalidOperationException(
        $"{Name} is not compiled. Call model.Compile(optimizer: \"adam\", loss: \"mse\") before {asked}.");
}
