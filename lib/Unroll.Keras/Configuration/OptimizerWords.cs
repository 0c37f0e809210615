using System.Text.Json.Nodes;

namespace Unroll.Keras.Configuration;

/// <summary>Optimizers of older versions in the words of the present one.</summary>
internal static class OptimizerWords
{
    /// <summary>What changes no step: names, and settings of what is switched off unless another key says so.</summary>
    public static readonly IReadOnlyDictionary<string, object?> Unused = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["name"] = null,
        ["jit_compile"] = null,
        ["is_legacy_optimizer"] = null,
        ["ema_momentum"] = null,
        ["ema_overwrite_frequency"] = null,
    };

    /// <summary>The configuration of an optimizer as Keras would write it now.</summary>
    public static JsonObject Present(JsonObject config)
    {
        var present = config.DeepClone().AsObject();
        Rename(present, "lr", "learning_rate");

        // An epsilon of null was the backend's, which is the default.
        if (present.ContainsKey("epsilon") && present["epsilon"] is null)
            present.Remove("epsilon");
        if (present["decay"] is JsonValue value && value.TryGetValue<double>(out var decay) && decay != 0 && present["learning_rate"] is JsonValue)
            present["learning_rate"] = Decaying((double)present["learning_rate"]!, decay);
        present.Remove("decay");
        return present;
    }

    /// <summary>Before schedules, <c>decay</c> divided the learning rate by 1 + decay · steps.</summary>
    private static JsonObject Decaying(double rate, double decay) => new()
    {
        ["class_name"] = "InverseTimeDecay",
        ["config"] = new JsonObject { ["initial_learning_rate"] = rate, ["decay_steps"] = 1, ["decay_rate"] = decay, ["staircase"] = false },
    };

    private static void Rename(JsonObject json, string old, string present)
    {
        if (!json.TryGetPropertyValue(old, out var value))
            return;
        json.Remove(old);
        json.TryAdd(present, value);
    }
}
