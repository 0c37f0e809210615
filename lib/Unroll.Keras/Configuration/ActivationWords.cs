using System.Text.Json.Nodes;
using Unroll.Layers;

namespace Unroll.Keras.Configuration;

/// <summary>Activations by Keras' names, which meant other functions in other versions.</summary>
internal static class ActivationWords
{
    /// <summary>Ours by Keras' names; the others are the same words, written in their way.</summary>
    private static readonly (string Keras, string Ours)[] Special = [("hard_sigmoid", "hardSigmoid3")];

    public static ActivationFunction Read(JsonNode json, string owner, ReadContext context)
    {
        var (name, config) = ObjectReader.NamedObject(json, context);
        if (context.Custom.FindActivation(name) is { } custom)
            return custom;
        if (Classes.Layers.Find(name) is not null && config.Count > 0)
            return OfLayer(json, context);
        try
        {
            return ActivationFunction.FromString(Ours(name, context.Version));
        }
        catch (ArgumentException error)
        {
            throw new NotSupportedException(
                $"{context.File}: {owner} has activation {name}, which is not here. {error.Message} One of your own goes into CustomObjects.AddActivation(\"{name}\", …).", error);
        }
    }

    /// <summary>Keras' name of an activation.</summary>
    /// <exception cref="NotSupportedException">It is one of the user's own that was not registered.</exception>
    public static string Write(ActivationFunction activation, string owner, CustomObjects custom)
    {
        if (custom.NameOf(activation) is { } name)
            return name;
        if (!activation.IsOwn)
            throw new NotSupportedException($"{owner} has an activation of your own, {activation.Name}. Register it, CustomObjects.AddActivation(\"{activation.Name}\", …), so that it can be found again.");
        if (activation.Name == "hardSigmoid")
        {
            throw new NotSupportedException(
                $"{owner} has activation hardSigmoid, which is Keras 2's (0.2 x + 0.5); hard_sigmoid in a file of Keras 3 is another function (x / 6 + 0.5), and there is no name for the older one. " +
                "CustomObjects.AddActivation can give it one.");
        }

        return Array.Find(Special, word => word.Ours == activation.Name).Keras ?? Session.SnakeCase(activation.Name);
    }

    private static string Ours(string name, KerasVersion version) => name switch
    {
        // Keras 2: 0.2 x + 0.5; Keras 3: x / 6 + 0.5.
        "hard_sigmoid" => version.Major >= 3 ? "hardSigmoid3" : "hardSigmoid",
        _ => name,
    };

    /// <summary>A layer without weights that stands where a function is asked for: <c>activation=LeakyReLU(0.1)</c>.</summary>
    private static ActivationFunction OfLayer(JsonNode json, ReadContext context)
    {
        var layer = LayerReader.Read((JsonObject)json, context);
        return new ActivationFunction(layer.Name, x => layer.Apply(x));
    }
}
