using System.Text.Json.Nodes;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Configuration;

/// <summary>Writes models as Keras 3 does.</summary>
internal static class ModelWriter
{
    /// <summary>A model with its class and configuration.</summary>
    /// <exception cref="NotSupportedException">It is of a class of the user's own, or holds a layer that cannot be written.</exception>
    public static JsonObject Write(Model model, ObjectWriter objects)
    {
        if (model.LayerGraph is not { } graph)
        {
            throw new NotSupportedException(model is Sequential
                ? $"{model.Name} does not know its input yet. Give its first layer an inputShape, or call it on data once, before it is written."
                : $"{model.Name} is of a class of its own, {model.GetType().Name}, whose calls are not known as a graph, so its structure cannot be " +
                    $"written. SaveWeights writes its weights.");
        }

        return model is Sequential ? Sequential(model, graph, objects) : GraphWriter.Write(model, graph, objects);
    }

    private static JsonObject Sequential(Model model, Graph graph, ObjectWriter objects)
    {
        var input = graph.Inputs[0];
        var shapes = graph.Nodes.Where(node => node.Inputs.Count > 0).ToDictionary(node => node.Layer, node => node.Inputs[0].Shape);
        var config = LayerWriter.Base(model);
        config["layers"] = new JsonArray([LayerWriter.Input(input), .. model.Layers.Select(layer => Built(LayerWriter.Write(layer, objects), shapes[layer]))]);
        config["build_input_shape"] = LayerWriter.ShapeOf(input.Shape);
        var json = ObjectWriter.Wrapped("keras", "Sequential", config);
        return Built(json, input.Shape);
    }

    private static JsonObject Built(JsonObject json, Shape inputShape)
    {
        json["build_config"] = new JsonObject { ["input_shape"] = LayerWriter.ShapeOf(inputShape) };
        return json;
    }
}
