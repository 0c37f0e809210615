using Unroll.Keras.Onnx.Graphs;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>What a recurrent layer computes.</summary>
/// <param name="Sequence">
/// The output of each step, time first, in the order of the input whichever way the layer went; null where it is not asked for.
/// </param>
/// <param name="Last">The output of the step that was made last.</param>
/// <param name="States">The states after it.</param>
internal sealed record RecurrentResult(Value? Sequence, Value Last, IReadOnlyList<Value> States);
