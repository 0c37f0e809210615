using Unroll.Layers;

namespace Unroll.Keras.Arrays.Torch;

/// <summary>The places of a model that modules can fill, in the order of its layers.</summary>
internal sealed class TorchPlaces
{
    /// <summary>What torch adds to the variance by default.</summary>
    private const double Epsilon = 1e-5;

    private readonly Dictionary<Variable, NamedWeight> _weights;
    private readonly List<TorchPlace> _places = [];

    private TorchPlaces(ModelWeights weights) => _weights = weights.All.Values.ToDictionary(weight => weight.Variable);

    public static IReadOnlyList<TorchPlace> Of(Layer model, ModelWeights weights)
    {
        var places = new TorchPlaces(weights);
        places.AddWithin(model, "");

        // A layer that several others share is one place.
        return [.. places._places.Where(place => place.Weights.Count > 0).DistinctBy(place => place.Weights[0].Weight)];
    }

    private void AddWithin(Layer outer, string path)
    {
        foreach (var inner in outer.Sublayers)
            Add(inner, path + ModelWeights.Segment(outer, inner));
    }

    private void Add(Layer layer, string path)
    {
        switch (layer)
        {
            case Bidirectional { ForwardLayer.Cell.Parts.Count: 1, BackwardLayer.Cell.Parts.Count: 1 } both:
                RNN[] inOrder = both.ForwardLayer.GoBackwards ? [both.BackwardLayer, both.ForwardLayer] : [both.ForwardLayer, both.BackwardLayer];
                AddCells(layer, path, [.. inOrder.Select(one => one.Cell.Parts[0])]);
                break;
            case Bidirectional both:
                Add(both.ForwardLayer, path);
                Add(both.BackwardLayer, path);
                break;
            case RNN rnn:
                foreach (var cell in rnn.Cell.Parts)
                    AddCells(layer, path, [cell]);
                break;
            case KernelCell cell:
                AddCells(layer, path, [cell]);
                break;
            case Dense or Conv1D or Conv2D or Embedding or ScalingLayer:
                AddPlain(layer, path);
                break;
            default:
                AddWithin(layer, path + "/");
                break;
        }
    }

    /// <summary>One cell, or a forward and a backward one.</summary>
    private void AddCells(Layer layer, string path, RNNCell[] cells)
    {
        KernelCell[] known = [.. cells.OfType<KernelCell>()];
        if (known.Length < cells.Length)
        {
            foreach (var cell in cells)
                AddWithin(cell, $"{path}/{cell.Name}/");
            return;
        }

        var weights = known.SelectMany((cell, i) => TorchCells.Weights(cell, i == 0 ? "" : "_reverse", _weights));
        _places.Add(new TorchPlace(layer, path, IsRecurrent: true, [.. weights])
        {
            Refusal = known.Select(TorchCells.Refusal).FirstOrDefault(refusal => refusal is not null),
            Unsaid = known[0] is SimpleRNNCell ? $"{layer.Name}: tanh or relu is not in a state dict. The layer has {known[0].Activation}." : null,
        });
    }

    private void AddPlain(Layer layer, string path) =>
        _places.Add(new TorchPlace(layer, path, IsRecurrent: false, [.. layer.OwnWeights.Select(weight => Of(layer, _weights[weight]))])
        {
            Refusal = layer is LayerNormalization { Axis: not -1 } norm ? $"its axis is {norm.Axis}; torch normalizes along the last ones" : null,
            Unsaid = layer is ScalingLayer scaling && scaling.Epsilon != Epsilon
                ? FormattableString.Invariant($"{layer.Name}: epsilon is not in a state dict. The layer has {scaling.Epsilon}; torch's default is 1e-5.")
                : null,
        });

    private static TorchWeight Of(Layer layer, NamedWeight weight) => (layer, weight.Word) switch
    {
        (Dense, "kernel") => TorchWeight.Turned(weight, "weight", 1, 0),
        (Conv1D, "kernel") => TorchWeight.Turned(weight, "weight", 2, 1, 0),
        (Conv2D, "kernel") => TorchWeight.Turned(weight, "weight", 2, 3, 1, 0),
        (_, "embeddings" or "gamma") => TorchWeight.Same(weight, "weight"),
        (_, "beta") => TorchWeight.Same(weight, "bias"),
        (_, "moving_mean") => TorchWeight.Same(weight, "running_mean"),
        (_, "moving_variance") => TorchWeight.Same(weight, "running_var"),
        _ => TorchWeight.Same(weight, weight.Word),
    };
}
