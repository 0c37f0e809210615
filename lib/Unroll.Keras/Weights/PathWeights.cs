using Unroll.Keras.Configuration;
using Unroll.Keras.Hdf5;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Weights;

/// <summary>Reads the weights of a model where Keras keeps them since 2.12.</summary>
internal static class PathWeights
{
    public static void Read(Model model, StoredVariables stored, ReadContext context, WeightChanges changes)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, layer, variables) in new VariablePaths(context, stored.Child).Of(model, ""))
        {
            var place = AtOldPlace(stored, path);
            used.Add(place);
            var arrays = stored.Of(place);
            if (stored.Named(place).FirstOrDefault() is { } extra)
                changes.Problem($"layer {layer.Name} ({layer.ClassName}): {place} has {extra}, of which nothing is known here");
            if (layer is RNN rnn && variables.Count == 0)
                States(rnn, arrays, place, changes);
            else
                changes.Add(layer, variables, [.. Counted(layer, arrays).Select(array => array.Read())], place);
        }

        // What is of the optimizer and of metrics is read elsewhere, or begins anew.
        foreach (var path in stored.Paths.Except(used, StringComparer.Ordinal).Where(IsOfLayers))
            changes.Problem($"{path} has weights of a layer that the model does not have");
    }

    private static bool IsOfLayers(string path) =>
        path.StartsWith("layers/", StringComparison.Ordinal) && !path.EndsWith("seed_generator", StringComparison.Ordinal);

    /// <summary>The attributes of attention had another name.</summary>
    private static string AtOldPlace(StoredVariables stored, string path)
    {
        var slash = path.LastIndexOf('/') + 1;
        var old = $"{path[..slash]}_{path[slash..]}";
        return !stored.Has(path) && stored.Has(old) ? old : path;
    }

    /// <summary>Keras keeps of a Normalization how many numbers it has seen too.</summary>
    private static IEnumerable<Hdf5Array> Counted(Layer layer, IReadOnlyList<Hdf5Array> arrays) =>
        layer is Normalization && arrays.Count == 3 ? arrays.Take(2) : arrays;

    /// <summary>What a stateful layer keeps is among its variables in Keras 3.</summary>
    private static void States(RNN rnn, IReadOnlyList<Hdf5Array> arrays, string place, WeightChanges changes)
    {
        if (arrays.Count == 0)
            return;
        if (!rnn.Stateful || arrays.Count != rnn.Cell.StateSize.Count)
        {
            changes.Problem($"layer {rnn.Name} ({rnn.ClassName}): {arrays.Count} arrays lie at {place}, and it keeps no such states");
            return;
        }

        // Read before anything is changed, so that a damaged array changes nothing.
        var states = Tensors.Create([.. arrays.Select(array => array.Read())]);
        changes.Also(() => rnn.States = states);
    }
}
