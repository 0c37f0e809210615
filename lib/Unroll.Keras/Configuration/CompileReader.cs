using System.Text.Json.Nodes;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Keras.Configuration;

/// <summary>Compiles a model as its file says: <c>compile_config</c>, or in the older format <c>training_config</c>.</summary>
internal static class CompileReader
{
    /// <summary>
    /// Compiles the model. What is not here, such as a loss of the user's own, leaves it as it is, and that is noted: it predicts,
    /// and says what to do when it is to be trained.
    /// </summary>
    public static void Compile(Model model, JsonObject config, ReadContext context)
    {
        try
        {
            var optimizer = OptimizerOf(config["optimizer"] ?? config["optimizer_config"], context);
            if (optimizer is null || config["loss"] is not { } loss)
                return;
            CompileWith(model, optimizer, loss, config, context);
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException)
        {
            context.Note($"The model is not compiled, since not all of how it was trained is here: {error.Message} Call Compile before training.");
        }
    }

    private static void CompileWith(Model model, Optimizer optimizer, JsonNode loss, JsonObject config, ReadContext context)
    {
        var weights = config["loss_weights"];
        if (loss is JsonObject byName && byName["class_name"] is null)
        {
            model.Compile(
                optimizer,
                byName.ToDictionary(one => one.Key, one => LossOf(one.Value!, context), StringComparer.Ordinal),
                (weights as JsonObject)?.ToDictionary(one => one.Key, one => (double)one.Value!, StringComparer.Ordinal),
                (config["metrics"] as JsonObject)?.ToDictionary(one => one.Key, IReadOnlyList<Metric> (one) =>
                    MetricsOf(one.Value, context), StringComparer.Ordinal));
            return;
        }

        Loss[] losses = loss is JsonArray list ? [.. list.Select(one => LossOf(one!, context))] : [LossOf(loss, context)];
        model.Compile(
            optimizer,
            losses,
            (weights as JsonArray)?.Select(weight => (double)weight!).ToArray(),
            MetricsOf(config["metrics"], context),
            MetricsOf(config["weighted_metrics"], context));
    }

    private static Optimizer? OptimizerOf(JsonNode? json, ReadContext context)
    {
        if (json is null)
            return null;
        var (name, config) = ObjectReader.NamedObject(json, context);
        var known = Classes.Optimizers.Find(name) ?? throw new NotSupportedException($"optimizer {name} is not here.");
        return (Optimizer)ObjectReader.Make(known, OptimizerWords.Present(config), known.Names[0], context, OptimizerWords.Unused);
    }

    private static Loss LossOf(JsonNode json, ReadContext context)
    {
        var (name, config) = Named(json, context);
        if (context.Custom.FindLoss(name) is { } custom)
            return custom;
        var known = Classes.Losses.Find(name)
            ?? throw new NotSupportedException($"loss {name} is not here; CustomObjects.AddLoss(\"{name}\", …) tells what it is.");
        if (config.OptionalText("reduction") is { } reduction and not ("auto" or "sum_over_batch_size"))
            throw new NotSupportedException($"loss {name} has reduction {reduction}, and losses here give the mean over a batch.");
        return (Loss)ObjectReader.Make(known, config, $"loss {name}", context, FunctionWords(known));
    }

    /// <summary>Names and objects, in lists or by outputs; each output of a model had its list in some versions.</summary>
    private static List<Metric> MetricsOf(JsonNode? json, ReadContext context) => json switch
    {
        null => [],
        JsonArray list => [.. list.SelectMany(one => MetricsOf(one, context)).DistinctBy(metric => metric.Name, StringComparer.Ordinal)],
        JsonObject byName when byName["class_name"] is null =>
            [.. byName.SelectMany(one => MetricsOf(one.Value, context)).DistinctBy(metric => metric.Name, StringComparer.Ordinal)],
        _ => [MetricOf(json, context)],
    };

    private static Metric MetricOf(JsonNode json, ReadContext context)
    {
        var (name, config) = Named(json, context);
        if (context.Custom.FindMetric(name) is { } custom)
            return custom;
        if (Classes.Metrics.Find(name) is { } known)
            return (Metric)ObjectReader.Make(known, config, $"metric {name}", context, FunctionWords(known));
        try
        {
            return Metric.FromString(Session.SnakeCase(name));
        }
        catch (ArgumentException error)
        {
            throw new NotSupportedException($"metric {name} is not here; CustomObjects.AddMetric(\"{name}\", …) tells what it is.", error);
        }
    }

    /// <summary>A function wrapped as an object has its name in its configuration: <c>MeanMetricWrapper</c> of <c>accuracy</c>.</summary>
    private static (string Name, JsonObject Config) Named(JsonNode json, ReadContext context)
    {
        var (name, config) = ObjectReader.NamedObject(json, context);
        return name is "MeanMetricWrapper" or "LossFunctionWrapper" && (config.OptionalText("name") ?? config.OptionalText("fn")) is { } function
            ? (function, [])
            : (name, config);
    }

    /// <summary>What losses and metrics have and nothing here depends on.</summary>
    private static Dictionary<string, object?> FunctionWords(KnownClass known) => new[] { "name", "dtype", "reduction", "fn", "axis" }
        .Where(key => known.ParameterOf(key) is null).ToDictionary(key => key, _ => (object?)null, StringComparer.Ordinal);
}
