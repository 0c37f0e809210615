using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Adds to a graph what a layer does with its inputs, and gives its outputs, each with its mask.</summary>
internal delegate IReadOnlyList<Value> LayerConversion(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs);
