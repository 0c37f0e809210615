using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using static System.FormattableString;
using TorchGru = TorchSharp.Modules.GRU;
using TorchRnn = TorchSharp.Modules.RNN;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Conversions;

/// <summary>
/// GRU and SimpleRNN, and stacks with such cells, as nn.GRU and nn.RNN, one module for each cell. Keras' gates are z, r, g and
/// torch's r, z, g; both have two biases where the reset gate comes after the product, the only way that torch knows.
/// </summary>
internal static class OtherCells
{
    /// <summary>As <see cref="Recurrent.Rnn(PlanBuilder, RNN, Layer, string, IReadOnlyList{Value})"/>.</summary>
    public static IReadOnlyList<Value> Rnn(PlanBuilder plan, RNN rnn, Layer owner, string role, IReadOnlyList<Value> inputs)
    {
        if (rnn.Stateful)
            throw Refusal.Of(owner, "stateful: true", "its conversion keeps the states of LSTM alone. Use the managed engine, or an LSTM.");
        var parts = rnn.Cell.Parts;
        var time = rnn.TimeMajor ? 0 : 1;
        var x = rnn.GoBackwards ? plan.Map(inputs[0], 3, x => x.flip(time), x => Invariant($"{x}.flip({time})")) : inputs[0];
        var (states, next) = (new List<Value>(), 1);
        foreach (var (i, cell) in parts.Index())
        {
            var initial = inputs.Skip(next).Take(inputs.Count > 1 ? cell.StateSize.Count : 0).ToArray();
            next += cell.StateSize.Count;
            var end = parts.Count == 1 ? role : Invariant($"{role}_{i}");
            x = Recurrent.Dropped(plan, cell as KernelCell ?? throw NoModule(owner, cell), x, rnn.TimeMajor);
            if (cell is LSTMCell)
            {
                var lstm = LstmParts.Checked(plan, owner, cell);
                var part = plan.PartOf(owner, end, name => LstmParts.Sequence(name, owner, [lstm], rnn.TimeMajor, bidirectional: false));
                (x, var h, var c) = Recurrent.Call(plan, part, x, initial, kept: null);
                states.AddRange(Recurrent.Layers(plan, h, c, 1));
            }
            else
            {
                var part = plan.PartOf(owner, end, name => Sequence(plan, name, owner, cell, rnn.TimeMajor));
                (x, var h) = Call(plan, part, x, initial.FirstOrDefault());
                states.Add(plan.Map(h, 2, all => all.select(0, 0), all => $"{all}.select(0, 0)"));
            }
        }

        var output = rnn.ReturnSequences ? x : plan.Map(x, 2, x => x.select(time, -1), x => Invariant($"{x}.select({time}, -1)"));
        return rnn.ReturnState ? [output, .. states] : [output];
    }

    private static Part Sequence(PlanBuilder plan, string name, Layer owner, RNNCell cell, bool timeMajor) => cell switch
    {
        GRUCell gru => Gru(name, owner, Checked(plan, owner, gru), timeMajor),
        SimpleRNNCell simple => Simple(name, owner, Checked(plan, owner, simple), timeMajor),
        _ => throw NoModule(owner, cell),
    };

    private static Part Gru(string name, Layer owner, GRUCell cell, bool timeMajor)
    {
        var (features, units, bias) = (cell.Kernel.Shape[0], cell.Units, cell.UseBias);
        int[] order = [1, 0, 2];
        TorchSharpWeight[] kernels =
        [
            new(cell.Kernel, "weight_ih_l0", 1, 0) { Parts = order },
            new(cell.RecurrentKernel, "weight_hh_l0", 1, 0) { Parts = order },
        ];
        TorchSharpWeight[] biases = cell.Bias is { } both
            ? [new(both, "bias_ih_l0") { Row = 0, Parts = order }, new(both, "bias_hh_l0") { Row = 1, Parts = order }]
            : [];
        return new Part(
            name,
            "GRU",
            $"nn.GRU({features}, {units}{Options(bias, timeMajor)})",
            () => torch.nn.GRU(features, units, 1, bias, batchFirst: !timeMajor),
            [.. kernels, .. biases],
            owner);
    }

    private static Part Simple(string name, Layer owner, SimpleRNNCell cell, bool timeMajor)
    {
        var (features, units, bias) = (cell.Kernel.Shape[0], cell.Units, cell.UseBias);
        TorchSharpWeight[] kernels = [new(cell.Kernel, "weight_ih_l0", 1, 0), new(cell.RecurrentKernel, "weight_hh_l0", 1, 0)];
        return new Part(
            name,
            "RNN",
            $"nn.RNN({features}, {units}{Options(bias, timeMajor)})",
            () => torch.nn.RNN(features, units, 1, bias: bias, batchFirst: !timeMajor),
            cell.Bias is { } one ? [.. kernels, new(one, "bias_ih_l0") { AddedKey = "bias_hh_l0" }] : kernels,
            owner);
    }

    private static string Options(bool bias, bool timeMajor) => (bias ? "" : ", bias: false") + (timeMajor ? "" : ", batchFirst: true");

    private static (Value Sequence, Value H) Call(PlanBuilder plan, Part part, Value x, Value? initial)
    {
        if (initial is not { } h)
        {
            var alone = plan.Add([x], [3, 3], (all, _) => Run(part, all[0], null), names => $"{part.Name}.call({names[0]})");
            return (alone[0], alone[1]);
        }

        var h0 = plan.Map(h, 3, state => state.unsqueeze(0), state => $"{state}.unsqueeze(0)");
        var both = plan.Add([x, h0], [3, 3], (all, _) => Run(part, all[0], all[1]), names => $"{part.Name}.call({names[0]}, {names[1]})");
        return (both[0], both[1]);
    }

    private static TorchTensor[] Run(Part part, TorchTensor x, TorchTensor? h0)
    {
        var (sequence, h) = part.Module is TorchGru gru ? gru.call(x, h0) : ((TorchRnn)part.Module).call(x, h0);
        return [sequence, h];
    }

    private static TCell Checked<TCell>(PlanBuilder plan, Layer owner, TCell cell)
        where TCell : KernelCell
    {
        if (cell is GRUCell { ResetAfter: false })
            throw Refusal.Of(owner, "resetAfter: false", "its GRU applies the reset gate after the product alone.");
        if (cell.Activation != ActivationFunction.Tanh)
            throw Refusal.Of(owner, $"activation \"{cell.Activation.Name}\"", $"its {cell.ShortName} has tanh here.");
        if (cell is GRUCell gru && gru.RecurrentActivation != ActivationFunction.Sigmoid)
            throw Refusal.Of(owner, $"recurrentActivation \"{gru.RecurrentActivation.Name}\"", "its GRU has sigmoid alone.");
        if (cell.RecurrentDropout > 0)
        {
            plan.RefuseTraining(Refusal.Text(
                owner,
                Invariant($"recurrentDropout {cell.RecurrentDropout}"),
                "its recurrent modules drop nothing of the state in training. Train with the managed engine."));
        }

        return cell;
    }

    private static NotSupportedException NoModule(Layer owner, RNNCell cell) => Refusal.Of(
        owner, $"cell {cell.Name} ({cell.GetType().Name})", "it has no module for this kind of cell. Register one for the layer with TorchSharpConversions.");
}
