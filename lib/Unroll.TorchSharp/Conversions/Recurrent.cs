using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using static System.FormattableString;
using TorchLstm = TorchSharp.Modules.LSTM;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Conversions;

/// <summary>LSTM, and RNN of LSTM cells, one or several on top of each other, as nn.LSTM.</summary>
internal static class Recurrent
{
    /// <summary>Inputs are the sequence and, perhaps, h and c of each cell; outputs are the output and, perhaps, the last h and c of each.</summary>
    public static IReadOnlyList<Value> Rnn(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs) => Rnn(plan, (RNN)layer, layer, "", inputs);

    /// <param name="plan">The plan.</param>
    /// <param name="rnn">The layer.</param>
    /// <param name="owner">The layer whose name the parts have: this one, or the Bidirectional around it.</param>
    /// <param name="role">The end of the parts' names.</param>
    /// <param name="inputs">The sequence, and perhaps states.</param>
    public static IReadOnlyList<Value> Rnn(PlanBuilder plan, RNN rnn, Layer owner, string role, IReadOnlyList<Value> inputs)
    {
        if (CellOf(owner, rnn).Parts.Any(cell => cell is GRUCell or SimpleRNNCell))
            return OtherCells.Rnn(plan, rnn, owner, role, inputs);
        LSTMCell[] cells = [.. CellOf(owner, rnn).Parts.Select(cell => LstmParts.Checked(plan, owner, cell))];
        var isOne = cells.Skip(1).All(cell => cell.Units == cells[0].Units && cell.UseBias == cells[0].UseBias && cell.Dropout == 0);
        var groups = isOne ? [cells] : cells.Select(cell => new[] { cell }).ToArray();
        var time = rnn.TimeMajor ? 0 : 1;
        var x = rnn.GoBackwards ? plan.Map(inputs[0], 3, x => x.flip(time), x => Invariant($"{x}.flip({time})")) : inputs[0];

        var states = new List<Value>();
        var next = 0;
        foreach (var (i, group) in groups.Index())
        {
            var first = next;
            next += 2 * group.Length;
            var end = groups.Length == 1 ? role : Invariant($"{role}_{i}");
            var part = plan.PartOf(owner, end, name => LstmParts.Sequence(name, owner, group, rnn.TimeMajor, bidirectional: false));
            var kept = rnn.Stateful ? plan.StateOf(part, [.. group.Select((_, k) => (rnn, first + 2 * k))]) : null;
            var initial = inputs.Skip(1 + first).Take(inputs.Count > 1 ? 2 * group.Length : 0).ToArray();
            (x, var h, var c) = Call(plan, part, Dropped(plan, group[0], x, rnn.TimeMajor), initial, kept);
            if (rnn.ReturnState)
                states.AddRange(Layers(plan, h, c, group.Length));
        }

        var output = rnn.ReturnSequences ? x : plan.Map(x, 2, x => x.select(time, -1), x => Invariant($"{x}.select({time}, -1)"));
        return rnn.ReturnState ? [output, .. states] : [output];
    }

    /// <summary>The cell of a layer that does what RNN does.</summary>
    /// <exception cref="NotSupportedException">It is of a class of the user's, which may do otherwise.</exception>
    public static RNNCell CellOf(Layer owner, RNN rnn) => rnn.GetType() == typeof(RNN) || rnn is FusedRNN
        ? rnn.Cell
        : throw Refusal.Of(owner, $"layer {rnn.Name} ({rnn.GetType().Name})", "it is a class of its own. Register a module for it with TorchSharpConversions.");

    /// <summary>One call of nn.LSTM: the sequence, h and c, the latter (layers, batch, units).</summary>
    public static (Value Sequence, Value H, Value C) Call(PlanBuilder plan, Part part, Value x, IReadOnlyList<Value> initial, KeptState? kept)
    {
        Value[] outputs;
        if (initial.Count > 0)
        {
            var (h0, c0) = (Stacked(plan, [.. initial.Where((_, i) => i % 2 == 0)]), Stacked(plan, [.. initial.Where((_, i) => i % 2 == 1)]));
            outputs = plan.Add(
                [x, h0, c0], [3, 3, 3], (all, _) => Run(part, all[0], (all[1], all[2])), names => $"{part.Name}.call({names[0]}, ({names[1]}, {names[2]}))");
        }
        else if (kept is not null)
        {
            outputs = plan.Add([x], [3, 3, 3], (all, _) => Run(part, all[0], kept.Kept), names => $"{part.Name}.call({names[0]}, {kept.Name})");
        }
        else
        {
            outputs = plan.Add([x], [3, 3, 3], (all, _) => Run(part, all[0], null), names => $"{part.Name}.call({names[0]})");
        }

        if (kept is not null)
        {
            plan.Add([outputs[1], outputs[2]], [], (all, _) => Keep(kept, all), names => $"Keep(ref {kept.Name}, {names[0]}, {names[1]});");
        }

        return (outputs[0], outputs[1], outputs[2]);
    }

    /// <summary>h and c of each layer, in Keras' order.</summary>
    public static IEnumerable<Value> Layers(PlanBuilder plan, Value h, Value c, int layers)
    {
        for (var i = 0; i < layers; i++)
        {
            var layer = i;
            foreach (var state in new[] { h, c })
                yield return plan.Map(state, 2, all => all.select(0, layer), all => Invariant($"{all}.select(0, {layer})"));
        }
    }

    private static Value Stacked(PlanBuilder plan, IReadOnlyList<Value> states) => states.Count == 1
        ? plan.Map(states[0], 3, state => state.unsqueeze(0), state => $"{state}.unsqueeze(0)")
        : plan.Join(states, 3, all => torch.stack(all), names => $"stack([{string.Join(", ", names)}])");

    /// <summary>In training, one mask for all gates and all steps.</summary>
    public static Value Dropped(PlanBuilder plan, KernelCell cell, Value x, bool timeMajor)
    {
        if (cell.Dropout == 0)
            return x;
        var time = timeMajor ? 0 : 1;
        return plan.Add(
            [x],
            [3],
            (all, training) => [all[0] * torch.nn.functional.dropout(torch.ones_like(all[0].narrow(time, 0, 1)), cell.Dropout, training)],
            names => Invariant($"{names[0]} * nn.functional.dropout(ones_like({names[0]}.narrow({time}, 0, 1)), {cell.Dropout}, training)"))[0];
    }

    private static TorchTensor[] Run(Part part, TorchTensor x, (TorchTensor, TorchTensor)? states)
    {
        var (sequence, h, c) = ((TorchLstm)part.Module).call(x, states);
        return [sequence, h, c];
    }

    private static TorchTensor[] Keep(KeptState kept, TorchTensor[] states)
    {
        kept.Keep(states[0], states[1]);
        return [];
    }
}
