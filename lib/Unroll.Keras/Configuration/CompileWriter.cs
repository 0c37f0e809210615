using System.Text.Json.Nodes;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Keras.Configuration;

/// <summary>Writes how a model is trained as Keras 3 does.</summary>
internal static class CompileWriter
{
    /// <exception cref="NotSupportedException">The optimizer is of a class of the user's own.</exception>
    public static JsonObject Write(Model model, ObjectWriter objects) => new()
    {
        ["optimizer"] = OptimizerOf(model, objects),
        ["loss"] = model.LossByName is { } named
            ? Object(named, loss => LossOf(loss, objects))
            : model.CompiledLosses.Count == 1 ? LossOf(model.CompiledLosses[0], objects)
                : new JsonArray([.. model.CompiledLosses.Select(loss => LossOf(loss, objects))]),
        ["loss_weights"] = model.LossWeightByName is { } weights
            ? Object(weights, weight => JsonValue.Create(weight))
            : model.LossWeights is { } list ? new JsonArray([.. list.Select(weight => JsonValue.Create(weight))]) : null,
        ["metrics"] = model.MetricsByName is { } metrics ? Object(metrics, all => Metrics(all, objects)) : Metrics(model.CompiledMetrics, objects),
        ["weighted_metrics"] = Metrics(model.WeightedMetrics, objects),
        ["run_eagerly"] = false,
        ["steps_per_execution"] = 1,
        ["jit_compile"] = false,
    };

    private static JsonObject OptimizerOf(Model model, ObjectWriter objects)
    {
        var optimizer = model.Optimizer;
        var known = Classes.Optimizers.Find(optimizer.GetType()) ?? throw new NotSupportedException(
            $"{model.Name} is trained by {optimizer.GetType().Name}, a class of your own, which Keras does not know. Save it without: " +
                $"includeOptimizer: false.");
        var config = objects.Config(known, optimizer, known.Names[0]);
        config["name"] = Session.SnakeCase(known.Names[0]);
        config["learning_rate"] = optimizer.Schedule is null
            ? optimizer.LearningRate
            : objects.Part(Classes.Schedules, "keras.optimizers.schedules", optimizer.Schedule, known.Names[0]);
        return ObjectWriter.Wrapped("keras.optimizers", known.Names[0], config);
    }

    /// <summary>One of the user's own has its name alone.</summary>
    private static JsonNode LossOf(Loss loss, ObjectWriter objects)
    {
        if (Classes.Losses.Find(loss.GetType()) is not { } known)
            return loss.Name;
        var config = objects.Config(known, loss, loss.Name);
        config["name"] = Session.SnakeCase(known.Names[0]);
        config["reduction"] = "sum_over_batch_size";
        return ObjectWriter.Wrapped("keras.losses", known.Names[0], config);
    }

    private static JsonArray? Metrics(IReadOnlyList<Metric> metrics, ObjectWriter objects) => metrics.Count == 0 ? null : new JsonArray(
        [.. metrics.Select(metric => Classes.Metrics.Find(metric.GetType()) is { } known
            ? (JsonNode)ObjectWriter.Wrapped("keras.metrics", known.Names[0], Named(objects.Config(known, metric, metric.Name), metric))
            : metric.Name)]);

    private static JsonObject Named(JsonObject config, Metric metric)
    {
        config["name"] = metric.Name;
        return config;
    }

    private static JsonObject Object<T>(IReadOnlyDictionary<string, T> values, Func<T, JsonNode?> write)
    {
        var json = new JsonObject();
        foreach (var (name, value) in values)
            json[name] = write(value);
        return json;
    }
}
