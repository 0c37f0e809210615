using Unroll.Keras.Configuration;
using Unroll.Keras.Hdf5;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Weights;

/// <summary>
/// Reads the weights of a model where Keras kept them in its older format: a group for each layer, with the names of its
/// weights as a list. Layers are matched by their order, as Keras does, for their names differ from run to run.
/// </summary>
internal static class ListedWeights
{
    /// <summary>The group with the list of layers, or null where a file is not of this form.</summary>
    public static Hdf5Group? Group(Hdf5Group root) =>
        (root.Group("model_weights") ?? root) is { } group && group.Texts("layer_names") is not null ? group : null;

    public static void Read(Model model, Hdf5Group group, ReadContext context, WeightChanges changes)
    {
        var stored = group.Texts("layer_names")!.Select(name => (Name: name, Arrays: Arrays(group.Descend(name), name, context))).Where(layer =>
            layer.Arrays.Count > 0).ToList();
        var layers = context.LayersOf(model).Where(layer => VariablesOf(layer).Count > 0).ToList();
        if (stored.Count != layers.Count)
        {
            changes.Problem(
                $"the model has {layers.Count} layers with weights, {string.Join(", ", layers.Select(layer => layer.Name))}; " +
                $"the file has {stored.Count}, {string.Join(", ", stored.Select(layer => layer.Name))}");
            return;
        }

        foreach (var (layer, (name, arrays)) in layers.Zip(stored))
        {
            Tensor[] values = [.. arrays.Select(array => array.Read())];
            var variables = VariablesOf(layer);
            if (layer is RNN { Stateful: true } rnn && values.Length == variables.Count + rnn.Cell.StateSize.Count)
            {
                var states = values[variables.Count..];
                changes.Also(() => rnn.States = Tensors.Create(states));
                values = values[..variables.Count];
            }
            else if (layer is Normalization && values.Length == 3)
            {
                values = values[..2];
            }

            changes.Add(layer, variables, CudnnWeights.Converted(layer, variables, values), name);
        }
    }

    /// <summary>The arrays that a group lists, in its order.</summary>
    public static IEnumerable<(string Name, Hdf5Array Array)> Named(Hdf5Group group, ReadContext context) =>
        (group.Texts("weight_names") ?? []).Select(name => (name, Array(group, name, context)));

    /// <summary>Those that are trained first.</summary>
    private static IReadOnlyList<Variable> VariablesOf(Layer layer) =>
        layer is Normalization { Mean: not null } ? [] : [.. layer.TrainableWeights, .. layer.NonTrainableWeights];

    private static List<Hdf5Array> Arrays(Hdf5Group? layer, string name, ReadContext context)
    {
        if (layer is null)
            throw new InvalidDataException($"{context.File}: layer_names has {name}, and there is no group of this name.");
        return [.. Named(layer, context).Select(one => one.Array)];
    }

    private static Hdf5Array Array(Hdf5Group layer, string weight, ReadContext context)
    {
        var slash = weight.LastIndexOf('/');
        var group = slash < 0 ? layer : layer.Descend(weight[..slash]);
        return group?.Array(weight[(slash + 1)..])
            ?? throw new InvalidDataException($"{context.File}: {layer.Path} lists {weight}, and there is no such array.");
    }
}
