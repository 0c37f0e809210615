namespace Unroll.Keras.Arrays.Torch;

/// <summary>The report of a matching.</summary>
internal static class TorchReporting
{
    public static TorchStateReport Of(
        ModelWeights weights, IReadOnlyList<TorchPlace> places, TorchMatching matching, IReadOnlyDictionary<string, Tensor> state)
    {
        TorchPlace[] filled = [.. places.Where(matching.Filled.ContainsKey)];
        var used = filled.SelectMany(place => place.Weights.SelectMany(weight => weight.Parameters.Select(name => matching.Filled[place].Keys[name])))
            .ToHashSet(StringComparer.Ordinal);
        var loaded = filled.SelectMany(place => place.Weights).Select(weight => weight.Weight).ToHashSet();
        return new TorchStateReport(
            [.. filled.SelectMany(place => place.Weights.Select(weight => Matched(weight, matching.Filled[place])))],
            [.. state.Where(pair => !used.Contains(pair.Key)).Select(pair => Left(pair.Key, pair.Value.Shape))],
            [.. weights.All.Values.Where(weight => !loaded.Contains(weight)).Select(weight => Empty(weight, WhyEmpty(weight, places)))],
            [.. filled.Select(place => place.Unsaid).Append(Guessed(matching)).OfType<string>()]);
    }

    private static string? Guessed(TorchMatching matching) => matching.Guessed.Count == 0
        ? null
        : $"Several layers fit, and the first free one was taken, in order: {string.Join(", ", matching.Guessed)}. A map says it otherwise.";

    private static TorchMatch Matched(TorchWeight weight, TorchModule module) => new(
        string.Join(" + ", weight.Parameters.Select(name => module.Keys[name])),
        $"{weight.Shape}",
        weight.Weight.Path,
        $"{weight.Weight.Variable.Shape}",
        weight.How);

    private static TorchMatch Left(string key, Shape shape) =>
        new(key, $"{shape}", "", "", TorchModule.IsCounter(key) ? "ignored: it counts batches" : "no free layer fits its module");

    private static TorchMatch Empty(NamedWeight weight, string why) => new("", "", weight.Path, $"{weight.Variable.Shape}", why);

    private static string WhyEmpty(NamedWeight weight, IReadOnlyList<TorchPlace> places)
    {
        foreach (var place in places)
        {
            if (place.Weights.FirstOrDefault(one => one.Weight == weight) is { } wanted)
                return place.Refusal ?? $"no module with {string.Join(" and ", wanted.Parameters)} {wanted.Shape} fits its layer";
        }

        return $"torch has no counterpart of {weight.Owner.ClassName} that is known here";
    }
}
