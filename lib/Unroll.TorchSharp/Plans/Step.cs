using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Plans;

/// <summary>One step of a plan, told twice: as a function, and as the C# that a user of TorchSharp would write.</summary>
/// <param name="Inputs">What it takes.</param>
/// <param name="Outputs">What it makes; nothing where it only keeps something.</param>
/// <param name="Run">Makes it. The second argument says whether the module trains.</param>
/// <param name="Code">An expression over the names of the inputs; a statement where nothing is made.</param>
internal sealed record Step(
    IReadOnlyList<Value> Inputs, IReadOnlyList<Value> Outputs, Func<TorchTensor[], bool, TorchTensor[]> Run, Func<string[], string> Code);
