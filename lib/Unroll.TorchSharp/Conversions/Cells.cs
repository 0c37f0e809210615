using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using static System.FormattableString;
using TorchCell = TorchSharp.Modules.LSTMCell;

namespace Unroll.TorchSharp.Conversions;

/// <summary>LSTM cells as layers of their own: one step, from an input and states.</summary>
internal static class Cells
{
    /// <summary>Inputs are the step's input, then h and c of each cell; outputs are the output, then the new h and c of each.</summary>
    public static IReadOnlyList<Value> Steps(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var parts = ((RNNCell)layer).Parts;
        var states = new List<Value>();
        var x = inputs[0];
        foreach (var (i, cell) in parts.Index())
        {
            var lstm = LstmParts.Checked(plan, layer, cell);
            if (lstm.Dropout > 0)
            {
                plan.RefuseTraining(Refusal.Text(
                    layer,
                    Invariant($"dropout {lstm.Dropout}"),
                    "a cell outside of RNN keeps its mask from call to call. Put it in RNN, or train with the managed engine."));
            }

            var part = plan.PartOf(layer, parts.Count == 1 ? "" : Invariant($"_{i}"), name => LstmParts.Cell(name, layer, lstm));
            var next = plan.Add(
                [x, inputs[1 + 2 * i], inputs[2 + 2 * i]],
                [2, 2],
                (all, _) =>
                {
                    var (h, c) = ((TorchCell)part.Module).call(all[0], (all[1], all[2]));
                    return [h, c];
                },
                names => $"{part.Name}.call({names[0]}, ({names[1]}, {names[2]}))");
            states.AddRange(next);
            x = next[0];
        }

        return [x, .. states];
    }
}
