using Unroll.Keras.Arrays;
using Unroll.Keras.Arrays.Torch;

namespace Unroll.Keras;

/// <summary>What <see cref="TorchStateDict.Load(Models.Model, string, IReadOnlyDictionary{string, string}?, bool)"/> did; printed, it is a table.</summary>
public sealed class TorchStateReport
{
    internal TorchStateReport(ModelWeights weights, IReadOnlyList<TorchPlace> places, TorchMatching matching, IReadOnlyDictionary<string, Tensor> state)
    {
        TorchPlace[] taken = [.. places.Where(matching.Filled.ContainsKey)];
        var filled = taken.SelectMany(place => place.Weights, (place, weight) => (Weight: weight, Module: matching.Filled[place])).ToList();
        var used = filled.SelectMany(one => KeysOf(one.Weight, one.Module)).ToHashSet(StringComparer.Ordinal);
        var loaded = filled.Select(one => one.Weight.Weight).ToHashSet();
        Matches = [.. filled.Select(one => Matched(one.Weight, string.Join(" + ", KeysOf(one.Weight, one.Module))))];
        LeftInFile = [.. state.Where(pair => !used.Contains(pair.Key)).Select(pair => Left(pair.Key, pair.Value.Shape))];
        LeftInModel = [.. weights.All.Values.Where(weight => !loaded.Contains(weight)).Select(weight => Empty(weight, places))];
        Notes = [.. taken.Select(place => place.Unsaid).Append(Guessed(matching.Guessed)).OfType<string>()];
    }

    /// <summary>The weights that were loaded, in the model's order.</summary>
    public IReadOnlyList<TorchMatch> Matches { get; }

    /// <summary>The tensors that went nowhere: counters that nothing needs, or what no layer fits.</summary>
    public IReadOnlyList<TorchMatch> LeftInFile { get; }

    /// <summary>The weights for which the file has nothing that fits.</summary>
    public IReadOnlyList<TorchMatch> LeftInModel { get; }

    /// <summary>What a state dict does not hold and the layers must have right by themselves, such as another epsilon.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether each tensor, but for counters, and each weight has found its counterpart.</summary>
    internal bool IsComplete => LeftInModel.Count == 0 && LeftInFile.All(one => TorchModule.IsCounter(one.Torch));

    /// <summary>A line for each tensor and weight, then the notes.</summary>
    public override string ToString()
    {
        var rows = Matches.Concat(LeftInFile).Concat(LeftInModel)
            .Select(one => (string[])[Shown(one.Torch), one.TorchShape, Shown(one.Weight), one.WeightShape, one.How]);
        return string.Join('\n', [TextTable.Of(["torch", "shape", "weight", "shape", ""], rows), .. Notes]);
    }

    private static string Shown(string name) => name.Length == 0 ? "-" : name;

    private static IEnumerable<string> KeysOf(TorchWeight weight, TorchModule module) => weight.Parameters.Select(name => module.Keys[name]);

    private static TorchMatch Matched(TorchWeight weight, string keys) =>
        new(keys, $"{weight.Shape}", weight.Weight.Path, $"{weight.Weight.Variable.Shape}", weight.How);

    private static TorchMatch Left(string key, Shape shape) =>
        new(key, $"{shape}", "", "", TorchModule.IsCounter(key) ? "ignored: it counts batches" : "no free layer fits its module");

    private static TorchMatch Empty(NamedWeight weight, IReadOnlyList<TorchPlace> places)
    {
        var (place, wanted) = places.SelectMany(place => place.Weights, (place, one) => (place, one)).FirstOrDefault(pair => pair.one.Weight == weight);
        var why = wanted is null
            ? $"torch has no counterpart of {weight.Owner.ClassName} that is known here"
            : place.Refusal ?? $"no module with {string.Join(" and ", wanted.Parameters)} {wanted.Shape} fits its layer";
        return new("", "", weight.Path, $"{weight.Variable.Shape}", why);
    }

    private static string? Guessed(IReadOnlyList<string> modules) => modules.Count == 0
        ? null
        : $"Several layers fit, and the first free one was taken, in order: {string.Join(", ", modules)}. A map says it otherwise.";
}
