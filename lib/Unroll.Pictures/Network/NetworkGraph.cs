using Unroll.Layers;

namespace Unroll.Pictures.Network;

/// <summary>The calls of a model's layers, and the tensors between them, ready to be drawn.</summary>
internal sealed class NetworkGraph
{
    private NetworkGraph(IReadOnlyList<NetworkCard> cards, IReadOnlyList<NetworkEdge> edges)
    {
        Cards = cards;
        Edges = edges;
    }

    /// <summary>The calls in an order in which each finds its inputs made; the model's outputs last.</summary>
    public IReadOnlyList<NetworkCard> Cards { get; }

    public IReadOnlyList<NetworkEdge> Edges { get; }

    public static NetworkGraph Of(Graph graph, int most, bool showShapes, bool expandNested)
    {
        var cards = new Dictionary<Node, NetworkCard>();
        var edges = new List<NetworkEdge>();
        foreach (var node in graph.Nodes)
        {
            var calls = graph.Nodes.Where(other => other.Layer == node.Layer).ToList();
            var call = calls.IndexOf(node);
            var card = NetworkCard.Of(node, call == 0 ? "" : $"call {call + 1}, the same weights", most, showShapes, expandNested);
            cards[node] = card;
            for (var i = 0; i < node.Inputs.Count; i++)
                edges.Add(Edge(node.Inputs[i], card, i));
        }

        var leaving = new List<NetworkCard>();
        for (var i = 0; i < graph.Outputs.Count; i++)
        {
            var output = graph.Outputs[i];
            var slots = SlotsOf(output);
            var end = NetworkCard.Leaving(output, graph.Outputs.Count == 1 ? "output" : $"output {i + 1}", slots, showShapes);
            leaving.Add(end);
            edges.Add(Edge(output, end, 0));
        }

        return new NetworkGraph([.. graph.Nodes.Select(node => cards[node]), .. leaving], edges);

        NetworkEdge Edge(KerasTensor tensor, NetworkCard to, int input) =>
            new(cards[tensor.Producer], tensor.Producer.Outputs.ToList().IndexOf(tensor), to, input, SlotsOf(tensor));

        StepSlots? SlotsOf(KerasTensor tensor)
        {
            // Time comes first where the layer that makes the tensor, or one that reads it, says so.
            var readers = graph.Nodes.Where(node => node.Inputs.Contains(tensor)).Select(node => node.Layer).Append(tensor.Layer);
            return NetworkCard.Slots(tensor, readers.Any(NetworkCard.IsTimeMajor), most);
        }
    }
}
