namespace Unroll.TorchSharp.Plans;

/// <summary>A tensor that a step of a plan makes.</summary>
/// <param name="Place">Its number in the plan.</param>
/// <param name="Rank">How many axes it has.</param>
internal sealed record Value(int Place, int Rank);
