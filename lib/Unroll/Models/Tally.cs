using Unroll.Training;

namespace Unroll.Models;

/// <summary>The losses and metrics of a model over the batches of an epoch or a test, in the order in which Keras names them.</summary>
internal sealed class Tally(Model model)
{
    private readonly RunningMeans _losses = new();
    private List<(string Name, int Output, Metric Metric, bool IsWeighted)>? _metrics;

    /// <summary>Adds a batch.</summary>
    /// <param name="total">What training makes small: the losses of all outputs, weighted, and what layers add.</param>
    /// <param name="losses">The loss of each output.</param>
    /// <param name="samples">How many samples it has.</param>
    /// <param name="batch">The truth and its weights, asked for where there are metrics.</param>
    /// <param name="predictions">What the model gave; null is enough where it has no metrics.</param>
    public void Add(float total, IReadOnlyList<float> losses, int samples, Func<Samples> batch, Tensors? predictions)
    {
        _losses.Add("loss", total, samples);
        for (var i = 0; i < losses.Count && losses.Count > 1; i++)
            _losses.Add($"{model.OutputName(i)}_loss", losses[i], samples);
        _metrics ??= [.. Enumerable.Range(0, losses.Count).SelectMany(output => Of(output, losses.Count))];
        if (_metrics.Count == 0)
            return;
        var truth = batch();
        foreach (var (_, output, metric, isWeighted) in _metrics)
            metric.UpdateState(truth.Y[output], predictions![output], isWeighted ? truth.WeightsOf(output) : null);
    }

    /// <summary>A batch whose loss is not a number.</summary>
    public void AddNaN(int samples) => _losses.Add("loss", float.NaN, samples);

    /// <summary>The numbers so far.</summary>
    public OrderedDictionary<string, float> Values(string prefix = "")
    {
        var values = new OrderedDictionary<string, float>(StringComparer.Ordinal);
        _losses.CopyTo(values, prefix);
        foreach (var (name, _, metric, _) in _metrics ?? [])
            values[prefix + name] = metric.Result();
        return values;
    }

    private IEnumerable<(string, int, Metric, bool)> Of(int output, int outputs) => model.MetricsFor(output).Select(pair =>
        (outputs == 1 ? pair.Metric.Name : $"{model.OutputName(output)}_{pair.Metric.Name}", output, pair.Metric.Fresh(), pair.IsWeighted));
}
