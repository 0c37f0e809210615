using System.Text.Json.Nodes;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Configuration;

/// <summary>Writes the graph of a functional model: each layer once, with each of its calls.</summary>
internal static class GraphWriter
{
    public static JsonObject Write(Model model, Graph graph, ObjectWriter objects)
    {
        var calls = graph.Nodes.GroupBy(node => node.Layer).ToDictionary(group => group.Key, group => group.ToList());
        var layers = new JsonArray();
        foreach (var layer in graph.Layers)
        {
            var json = graph.Inputs.FirstOrDefault(input => input.Layer == layer) is { } input ? LayerWriter.Input(input)
                : layer is OperationLayer operation ? OperationWriter.Write(operation)
                : LayerWriter.Write(layer, objects);
            if (layer is not OperationLayer && calls[layer][0].Inputs is [var first])
                json["build_config"] = new JsonObject { ["input_shape"] = LayerWriter.ShapeOf(first.Shape) };
            json["name"] = layer.Name;
            json["inbound_nodes"] = new JsonArray([.. calls[layer].Where(node => node.Inputs.Count > 0).Select(node => Call(node, calls))]);
            layers.Add((JsonNode)json);
        }

        return ObjectWriter.Wrapped("keras.src.models.functional", "Functional", new JsonObject
        {
            ["name"] = model.Name,
            ["trainable"] = model.Trainable,
            ["layers"] = layers,
            ["input_layers"] = Ends(graph.Inputs, calls),
            ["output_layers"] = Ends(graph.Outputs, calls),
        }, "Functional");
    }

    private static JsonObject Call(Node node, Dictionary<Layer, List<Node>> calls)
    {
        JsonNode[] tensors = [.. node.Inputs.Select(input => Tensor(input, calls))];
        var options = new JsonObject();
        var arguments = node.Layer switch
        {
            OperationLayer operation => OperationWriter.Arguments(operation, tensors),
            RNN or Bidirectional when tensors.Length > 1 => WithStates(tensors, options),
            MultiHeadAttention => new JsonArray(tensors),
            _ when tensors.Length == 1 => new JsonArray(tensors),
            _ => new JsonArray(new JsonArray(tensors)),
        };
        if (node.Layer is MultiHeadAttention { UseCausalMask: true } or Attention { UseCausalMask: true })
            options["use_causal_mask"] = true;
        if (node.Layer is MultiHeadAttention { ReturnAttentionScores: true } or Attention { ReturnAttentionScores: true })
            options["return_attention_scores"] = true;
        return new JsonObject { ["args"] = arguments, ["kwargs"] = options };
    }

    private static JsonArray WithStates(JsonNode[] tensors, JsonObject options)
    {
        options["initial_state"] = new JsonArray(tensors[1..]);
        return [tensors[0]];
    }

    private static JsonObject Tensor(KerasTensor tensor, Dictionary<Layer, List<Node>> calls) => new()
    {
        ["class_name"] = "__keras_tensor__",
        ["config"] = new JsonObject
        {
            ["shape"] = LayerWriter.ShapeOf(tensor.Shape),
            ["dtype"] = "float32",
            ["keras_history"] = Place(tensor, calls),
        },
    };

    private static JsonArray Ends(KerasTensors tensors, Dictionary<Layer, List<Node>> calls) =>
        tensors.Count == 1 ? End(tensors[0], calls) : new JsonArray([.. tensors.Select(tensor => End(tensor, calls))]);

    /// <summary>At the ends of a graph a functional model within counts its calls from 1, and nowhere else.</summary>
    private static JsonArray End(KerasTensor tensor, Dictionary<Layer, List<Node>> calls)
    {
        var place = Place(tensor, calls);
        if (tensor.Layer is Model and not Sequential)
            place[1] = (int)place[1]! + 1;
        return place;
    }

    /// <summary>The layer, which of its calls, and which of the tensors that this call gave.</summary>
    private static JsonArray Place(KerasTensor tensor, Dictionary<Layer, List<Node>> calls)
    {
        var output = tensor.Producer.Outputs.Count == 1 ? 0 : tensor.Producer.Outputs.ToList().FindIndex(one => ReferenceEquals(one, tensor));
        return [tensor.Layer.Name, calls[tensor.Layer].IndexOf(tensor.Producer), output];
    }
}
