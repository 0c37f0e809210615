using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using static System.FormattableString;

namespace Unroll.TorchSharp.Conversions;

/// <summary>Bidirectional: one nn.LSTM of two directions where torch has such a one, otherwise two.</summary>
internal static class Directions
{
    public static IReadOnlyList<Value> Bidirectional(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var both = (Bidirectional)layer;
        var (forward, backward) = (both.ForwardLayer, both.BackwardLayer);
        return IsOne(forward, backward)
            ? Together(plan, both, inputs)
            : Apart(plan, both, inputs);
    }

    /// <summary>Torch's two directions have the same units and options, one cell each, and the forward one first.</summary>
    private static bool IsOne(RNN forward, RNN backward) =>
        forward.Cell is LSTMCell f && backward.Cell is LSTMCell b && !forward.GoBackwards &&
        f.Units == b.Units && f.UseBias == b.UseBias && f.Dropout == 0 && b.Dropout == 0;

    private static IReadOnlyList<Value> Together(PlanBuilder plan, Bidirectional both, IReadOnlyList<Value> inputs)
    {
        var forward = both.ForwardLayer;
        LSTMCell[] cells = [.. both.Directions.Select(one => LstmParts.Checked(plan, both, Recurrent.CellOf(both, one)))];
        var units = cells[0].Units;
        var part = plan.PartOf(both, "", name => LstmParts.Sequence(name, both, cells, forward.TimeMajor, bidirectional: true));
        var kept = forward.Stateful ? plan.StateOf(part, [.. both.Directions.Select(one => (one, 0))]) : null;
        var (x, h, c) = Recurrent.Call(plan, part, inputs[0], [.. inputs.Skip(1)], kept);
        var states = forward.ReturnState ? Recurrent.Layers(plan, h, c, 2) : [];
        if (forward.ReturnSequences && both.MergeMode is "concat")
            return [x, .. states];
        Value[] outputs = forward.ReturnSequences
            ? [Half(plan, x, 0, units), Half(plan, x, units, units)]
            : [Last(plan, h, 0), Last(plan, h, 1)];
        return [.. Merged(plan, both, outputs[0], outputs[1]), .. states];
    }

    private static IReadOnlyList<Value> Apart(PlanBuilder plan, Bidirectional both, IReadOnlyList<Value> inputs)
    {
        var (forward, backward) = (both.ForwardLayer, both.BackwardLayer);
        var states = forward.Cell.StateSize.Count;
        var there = Recurrent.Rnn(plan, forward, both, "_forward", [.. inputs.Take(inputs.Count > 1 ? 1 + states : 1)]);
        var back = Recurrent.Rnn(plan, backward, both, "_backward", [inputs[0], .. inputs.Skip(1 + states)]);
        var time = forward.TimeMajor ? 0 : 1;

        // What ran backwards came out from last to first.
        var turned = forward.ReturnSequences ? plan.Map(back[0], 3, x => x.flip(time), x => Invariant($"{x}.flip({time})")) : back[0];
        return [.. Merged(plan, both, there[0], turned), .. there.Skip(1), .. back.Skip(1)];
    }

    private static Value[] Merged(PlanBuilder plan, Bidirectional both, Value forward, Value backward)
    {
        Value[] two = [forward, backward];
        return both.MergeMode switch
        {
            null => two,
            "concat" => [plan.Join(two, forward.Rank, all => torch.cat(all, -1), names => $"cat([{names[0]}, {names[1]}], -1)")],
            "sum" => [plan.Join(two, forward.Rank, all => all[0] + all[1], names => $"{names[0]} + {names[1]}")],
            "mul" => [plan.Join(two, forward.Rank, all => all[0] * all[1], names => $"{names[0]} * {names[1]}")],
            "ave" => [plan.Join(two, forward.Rank, all => (all[0] + all[1]) * 0.5f, names => $"({names[0]} + {names[1]}) * 0.5f")],
            _ => throw Refusal.Of(both, $"mergeMode \"{both.MergeMode}\"", "its conversion is not written."),
        };
    }

    private static Value Half(PlanBuilder plan, Value x, int start, int units) =>
        plan.Map(x, 3, x => x.narrow(2, start, units), x => Invariant($"{x}.narrow(2, {start}, {units})"));

    private static Value Last(PlanBuilder plan, Value h, int direction) =>
        plan.Map(h, 2, h => h.select(0, direction), h => Invariant($"{h}.select(0, {direction})"));
}
