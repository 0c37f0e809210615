using Unroll.Keras.Configuration;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Weights;

/// <summary>A layer's own variables and where Keras keeps them.</summary>
internal sealed record PlacedVariables(string Path, Layer Layer, IReadOnlyList<Variable> Variables);

/// <summary>
/// Where Keras keeps the variables of a model: the attributes that lead to a layer, <c>layers/bidirectional/forward_layer/cell</c>;
/// in a list of layers each under the name of its class, counted.
/// </summary>
/// <param name="context">Who the layers of a model are in the order of its file, and what custom layers are called.</param>
/// <param name="child">The way to a layer in a list; see <see cref="StoredVariables.Child"/>.</param>
internal sealed class VariablePaths(ReadContext context, Func<string, IReadOnlyList<string>, int, int, string> child)
{
    private static readonly string[] Projections = ["query_dense", "key_dense", "value_dense", "output_dense"];

    private readonly HashSet<Layer> _seen = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<PlacedVariables> Of(Layer layer, string path)
    {
        // A layer that is shared is kept once, where it is met first.
        if (!_seen.Add(layer))
            return [];
        var none = new PlacedVariables(path, layer, []);
        return layer switch
        {
            Model model => [none, .. InContainer(context.LayersOf(model).Where(one => one is not OperationLayer), Join(path, "layers"))],
            RNN rnn => [none, .. Of(rnn.Cell, Join(path, "cell"))],
            StackedRNNCells stack => [none, .. InContainer(stack.Cells, Join(path, "cells"))],
            Bidirectional both => [none, .. Of(both.ForwardLayer, Join(path, "forward_layer")), .. Of(both.BackwardLayer, Join(path, "backward_layer"))],
            TimeDistributed each => [none, .. Of(each.Layer, Join(path, "layer"))],
            MultiHeadAttention attention => [none, .. Parts(attention, path)],
            Normalization { Mean: not null } => [none],
            _ => Own(layer, path),
        };
    }

    private IEnumerable<PlacedVariables> InContainer(IEnumerable<Layer> layers, string container)
    {
        var numbers = new Dictionary<string, (int Before, int WithWeights)>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            var words = Words(layer);
            var (before, withWeights) = numbers.GetValueOrDefault(words[0]);
            numbers[words[0]] = (before + 1, withWeights + (layer.Weights.Count > 0 ? 1 : 0));
            foreach (var placed in Of(layer, child(container, words, before, withWeights)))
                yield return placed;
        }
    }

    /// <summary>Keras 2 took capitals apart in another way.</summary>
    private string[] Words(Layer layer)
    {
        var className = context.Custom.ClassOf(layer) is { } custom ? custom[(custom.LastIndexOf('>') + 1)..] : layer.ClassName;
        var word = Session.SnakeCase(className);
        return word switch
        {
            "conv_lstm1d" => [word, "conv_lst_m1d"],
            "conv_lstm2d" => [word, "conv_lst_m2d"],
            "functional" => [word, "model"],
            _ => [word],
        };
    }

    /// <summary>Each projection is a layer of its own in Keras, with a kernel and perhaps a bias.</summary>
    private static IEnumerable<PlacedVariables> Parts(MultiHeadAttention attention, string path)
    {
        var each = attention.UseBias ? 2 : 1;
        return attention.OwnWeights.Chunk(each).Zip(Projections, (variables, name) => new PlacedVariables(Join(path, name), attention, variables));
    }

    /// <summary>The layers within a layer of the user's own lie under the names of attributes, which are not known here: there can be one.</summary>
    private static IEnumerable<PlacedVariables> Own(Layer layer, string path)
    {
        if (layer.Sublayers.Any(within => within.Weights.Count > 0))
            throw new NotSupportedException(
                $"{layer.Name} ({layer.GetType().Name}) has layers within, and under which names Keras keeps the weights of those is not known. " +
                    $"Make the weights in the layer itself.");
        return [new PlacedVariables(path, layer, layer.OwnWeights)];
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";
}
