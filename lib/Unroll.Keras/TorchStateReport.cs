using Unroll.Keras.Arrays;

namespace Unroll.Keras;

/// <summary>What <see cref="TorchStateDict.Load(Models.Model, string, IReadOnlyDictionary{string, string}?, bool)"/> did; printed, it is a table.</summary>
public sealed class TorchStateReport
{
    internal TorchStateReport(
        IReadOnlyList<TorchMatch> matches, IReadOnlyList<TorchMatch> leftInFile, IReadOnlyList<TorchMatch> leftInModel, IReadOnlyList<string> notes) =>
        (Matches, LeftInFile, LeftInModel, Notes) = (matches, leftInFile, leftInModel, notes);

    /// <summary>The weights that were loaded, in the model's order.</summary>
    public IReadOnlyList<TorchMatch> Matches { get; }

    /// <summary>The tensors that went nowhere: counters that nothing needs, or what no layer fits.</summary>
    public IReadOnlyList<TorchMatch> LeftInFile { get; }

    /// <summary>The weights for which the file has nothing that fits.</summary>
    public IReadOnlyList<TorchMatch> LeftInModel { get; }

    /// <summary>What a state dict does not hold and the layers must have right by themselves, such as another epsilon.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>A line for each tensor and weight, then the notes.</summary>
    public override string ToString()
    {
        var rows = Matches.Concat(LeftInFile).Concat(LeftInModel)
            .Select(one => (string[])[Shown(one.Torch), one.TorchShape, Shown(one.Weight), one.WeightShape, one.How]);
        return string.Join('\n', [TextTable.Of(["torch", "shape", "weight", "shape", ""], rows), .. Notes]);
    }

    private static string Shown(string name) => name.Length == 0 ? "-" : name;
}
