using System.Text.Json.Nodes;

namespace Unroll.Keras.Configuration;

/// <summary>Layers here compute in float32, whatever a file says; other kinds are noted.</summary>
internal static class DataTypes
{
    public static void Note(JsonNode? dtype, string layer, string className, ReadContext context)
    {
        var name = NameOf(dtype);
        var isQuantized = name.Contains("_from_", StringComparison.Ordinal) || (className is not "InputLayer" && name is "int8" or "int4");
        if (isQuantized || name is "string")
            throw context.Unsupported(layer, className, $"has dtype {name}, and layers here compute in float32.");
        if (name.Contains("float16", StringComparison.Ordinal) || name is "float64")
            context.Note($"The network was made for {name}; here it computes in float32.");
    }

    /// <summary>A name, or a policy with one: <c>{"class_name": "DTypePolicy", "config": {"name": "mixed_float16"}}</c>.</summary>
    private static string NameOf(JsonNode? dtype) => dtype switch
    {
        JsonValue value when value.TryGetValue<string>(out var name) => name,
        JsonObject { } policy when policy["config"] is JsonObject config => config.OptionalText("name") ?? config.OptionalText("source_name") ?? "",
        _ => "",
    };
}
