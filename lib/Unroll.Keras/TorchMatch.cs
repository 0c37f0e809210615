namespace Unroll.Keras;

/// <summary>A line of a <see cref="TorchStateReport"/>: what became of a tensor of the file, or of a weight of the model.</summary>
/// <param name="Torch">The tensor's name in the file; of two that make one weight, <c>first + second</c>. Empty where the file has none.</param>
/// <param name="TorchShape">Its shape; empty where the file has none.</param>
/// <param name="Weight">The weight's path in the model; empty where the tensor went nowhere.</param>
/// <param name="WeightShape">The weight's shape; empty likewise.</param>
/// <param name="How">What was done: transposed, summed, ignored, or why nothing was.</param>
public sealed record TorchMatch(string Torch, string TorchShape, string Weight, string WeightShape, string How);
