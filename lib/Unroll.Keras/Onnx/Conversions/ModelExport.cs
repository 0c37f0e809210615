using Unroll.Keras.Onnx.Format;
using Unroll.Keras.Onnx.Graphs;
using Unroll.Models;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Models as the messages that a file holds.</summary>
internal static class ModelExport
{
    // ONNX 1.12 of 2022. What follows it brings nothing that the conversions need, and fewer engines read it.
    private const long IrVersion = 8;
    private const long Opset = 17;

    public static ModelProto Of(Model model)
    {
        var graph = new GraphBuilder();
        var calls = Nested.GraphOf(model);
        Value[] inputs = [.. calls.Inputs.Select(input => graph.Input(input.Layer.Name, input.Shape))];
        var outputs = Nested.Calls(graph, calls, inputs);
        return Of(model.Name, graph, [.. outputs.Zip(calls.Outputs, (value, output) => (value, OutputNames.Of(output)))]);
    }

    /// <summary>A file of what was built.</summary>
    public static ModelProto Of(string name, GraphBuilder graph, IReadOnlyList<(Value Value, string Name)> outputs)
    {
        var version = typeof(ModelExport).Assembly.GetName().Version?.ToString(3) ?? "";
        var proto = new ModelProto(IrVersion, Opset, "Unroll", version, graph.Finish(name, outputs));

        // A protobuf message cannot be longer, and readers count in int.
        return proto.Size <= int.MaxValue ? proto : throw new NotSupportedException(
            $"{name} would be {proto.Size >> 20} MB, and an ONNX file holds 2047 MB at most; weights in files beside it are not written. " +
            "Write parts of the model to files of their own.");
    }
}
