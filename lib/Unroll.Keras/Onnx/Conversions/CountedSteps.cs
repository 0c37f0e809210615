using Unroll.Keras.Onnx.Format;
using Unroll.Keras.Onnx.Graphs;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>
/// A mask as lengths. ONNX' recurrent operations take a length for each sample, which is right for padding at the end alone;
/// so the steps that count are moved to the front, in their order, and the outputs moved back. That is exact for every mask:
/// a step that does not count leaves all states as they are.
/// </summary>
internal sealed class CountedSteps
{
    private readonly GraphBuilder _graph;
    private readonly Value _mask;
    private readonly Value _counts;
    private readonly Value _before;
    private readonly Value _order;

    /// <param name="graph">The graph.</param>
    /// <param name="mask">True for each step that counts, (time, batch).</param>
    public CountedSteps(GraphBuilder graph, Value mask)
    {
        (_graph, _mask) = (graph, mask);
        _counts = graph.Cast(mask, ElementType.Int64);
        _before = graph.Add("CumSum", mask.Shape, [_counts, graph.Integer(0)], ("exclusive", 1L));
        Total = graph.Reduce("ReduceSum", _counts, 0, keep: true);
        Any = graph.Squeeze(graph.Binary("Greater", Total, graph.Integer(0)), 0);

        // ONNX Runtime wants lengths of at least 1; Any tells those whose result does not count.
        Count = graph.Squeeze(graph.Cast(graph.Binary("Max", Total, graph.Integer(1)), ElementType.Int32), 0);

        // A key for each step, whose order is: first those that count, then the others.
        var steps = graph.Length(mask, 0);
        var places = graph.Unsqueeze(graph.Places(mask, 0), 1);
        var keys = graph.Plus(places, graph.Times(graph.Minus(graph.Integer(1), _counts), steps));
        _order = graph.AddAll("TopK", [mask.Shape, mask.Shape], [keys, steps], ("axis", 0L), ("largest", 0L), ("sorted", 1L))[1];
    }

    /// <summary>How many steps of each sample count, but at least 1: (batch,) of int32.</summary>
    public Value Count { get; }

    /// <summary>Whether some step of a sample counts, (batch,).</summary>
    public Value Any { get; }

    private Value Total { get; }

    /// <summary>The steps that count, and the others after them: (time, batch, features).</summary>
    public Value ToFront(Value x) => Gathered(x, _order);

    /// <summary>
    /// The outputs, (time, batch, units), at the places of their steps. A step that does not count has the output of the one
    /// made before it, or zeros.
    /// </summary>
    /// <param name="outputs">The outputs of the steps that count, at the front.</param>
    /// <param name="backwards">Whether the last step was made first.</param>
    /// <param name="zeros">Whether a step that does not count has zeros in any case.</param>
    public Value Spread(Value outputs, bool backwards, bool zeros)
    {
        // Of a step, or the last one made before it: how many that count stand before it in the input's order.
        var place = backwards ? _before : _graph.Minus(_graph.Plus(_before, _counts), _graph.Integer(1));
        var exists = backwards ? _graph.Binary("Less", place, Total) : _graph.Binary("GreaterOrEqual", place, _graph.Integer(0));
        var last = _graph.Minus(_graph.Length(_mask, 0), _graph.Integer(1));
        var within = backwards ? _graph.Binary("Min", place, last) : _graph.Binary("Max", place, _graph.Integer(0));
        return _graph.OrZero(_graph.Unsqueeze(zeros ? _mask : exists, 2), Gathered(outputs, within));
    }

    /// <summary>Steps by their places, which differ from sample to sample.</summary>
    private Value Gathered(Value x, Value places)
    {
        var wide = _graph.Expand(_graph.Unsqueeze(places, 2), x.Shape, _graph.Lengths(x));
        return _graph.Add("GatherElements", x.Shape, [x, wide], ("axis", 0L));
    }
}
