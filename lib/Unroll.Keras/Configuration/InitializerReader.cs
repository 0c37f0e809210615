using System.Text.Json.Nodes;
using Unroll.Initializers;

namespace Unroll.Keras.Configuration;

/// <summary>
/// Reads what weights begin with. A file has the weights themselves, so that an initializer which is not here only gives way
/// to the layer's own, and that is noted.
/// </summary>
internal static class InitializerReader
{
    public static Initializer? Read(JsonNode json, string owner, ReadContext context)
    {
        var (name, config) = ObjectReader.NamedObject(json, context);
        if (name is "VarianceScaling" && Named(config) is { } word)
            return (Initializer?)ObjectReader.Part(Classes.Initializers, word, "an initializer", owner, context);
        if (Classes.Initializers.Find(name) is not null)
            return (Initializer?)ObjectReader.Part(Classes.Initializers, json, "an initializer", owner, context);
        context.Note($"{owner}: initializer {name} is not here, and the layer keeps its own; the weights come from the file.");
        return null;
    }

    /// <summary>Keras 2 wrote its named initializers by what they do.</summary>
    private static string? Named(JsonObject config) => ((double?)config["scale"], config.OptionalText("mode"), config.OptionalText("distribution")) switch
    {
        (1, "fan_avg", "uniform") => "glorot_uniform",
        (1, "fan_avg", "normal" or "truncated_normal") => "glorot_normal",
        (2, "fan_in", "uniform") => "he_uniform",
        (2, "fan_in", "normal" or "truncated_normal") => "he_normal",
        (1, "fan_in", "uniform") => "lecun_uniform",
        (1, "fan_in", "normal" or "truncated_normal") => "lecun_normal",
        _ => null,
    };
}
