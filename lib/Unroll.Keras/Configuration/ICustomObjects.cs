using System.Text.Json.Nodes;
using Unroll.Layers;
using Unroll.Training;

namespace Unroll.Keras.Configuration;

/// <summary>Layers and functions of the user's own, as reading and writing ask for them.</summary>
internal interface ICustomObjects
{
    Func<JsonObject, Layer>? FindLayer(string className);

    ActivationFunction? FindActivation(string name);

    Loss? FindLoss(string name);

    Metric? FindMetric(string name);

    /// <summary>The name of an activation that is registered, or null.</summary>
    string? NameOf(ActivationFunction activation);

    /// <summary>The class name of a layer that is registered, or null.</summary>
    string? ClassOf(Layer layer);

    /// <summary>What a registered layer says of itself.</summary>
    /// <exception cref="NotSupportedException">Its class was registered to be read alone.</exception>
    JsonObject ConfigOf(Layer layer);
}
