namespace Unroll.TorchSharp.Plans;

/// <summary>What a model becomes in TorchSharp: its parts, and the steps between them in order.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Inputs">What comes in, each with a name.</param>
/// <param name="Outputs">What goes out.</param>
/// <param name="Parts">The modules.</param>
/// <param name="Steps">The steps.</param>
/// <param name="States">What stateful parts keep.</param>
/// <param name="TrainingRefusals">What of it TorchSharp cannot do in training; nothing, for most models.</param>
/// <param name="Places">How many values there are.</param>
internal sealed record Plan(
    string Name,
    IReadOnlyList<(Value Value, string Name)> Inputs,
    IReadOnlyList<Value> Outputs,
    IReadOnlyList<Part> Parts,
    IReadOnlyList<Step> Steps,
    IReadOnlyList<KeptState> States,
    IReadOnlyList<string> TrainingRefusals,
    int Places)
{
    /// <summary>Every weight with its key in the whole module.</summary>
    public IReadOnlyList<TorchSharpWeight> Weights { get; } = [.. Parts.SelectMany(part => part.Weights.Select(weight => weight.Within(part.Name)))];

    /// <summary>Throws where training needs what TorchSharp cannot do.</summary>
    public void CheckTraining()
    {
        if (TrainingRefusals.Count > 0)
            throw new NotSupportedException(string.Join("\n", TrainingRefusals));
    }
}
