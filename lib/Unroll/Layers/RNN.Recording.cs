namespace Unroll.Layers;

/// <content>A look inside.</content>
public partial class RNN
{
    /// <summary>
    /// Runs the layer on data, as <c>Apply</c> does outside of training, and keeps what its cells do at each step: for an LSTM
    /// the gates, c and h. Through a masked step the states stay. States that a stateful layer keeps are begun with, and stay as they are.
    /// </summary>
    /// <param name="input">(batch, time, features), or (time, batch, features) with timeMajor.</param>
    /// <param name="initialState">The states to begin with, each (batch, units). Default: zeros, or the kept ones.</param>
    /// <exception cref="ArgumentException">Input or states do not fit the layer.</exception>
    public Recording Trace(Tensor input, Tensors? initialState = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        EnsureBuilt([input.Shape], from: null);
        CheckStateCount(initialState?.Count ?? 0);
        var states = InitialStates(input, initialState ?? new Tensors([]));
        RNNCell[] cells = [.. Cell.Parts];
        var parts = cells.Select(_ => new OrderedDictionary<string, List<Tensor>>(StringComparer.Ordinal)).ToArray();
        foreach (var (step, counts) in Steps(input, CheckedMask(input)))
            states = RecordStep(cells, parts, step, counts, states);
        return new Recording(Name, [.. cells.Zip(parts, (cell, values) => new CellRecording(cells.Length == 1 ? Name : cell.Name, values.Select(pair =>
            (pair.Key, Tensor.Stack(GoBackwards ? [.. Enumerable.Reverse(pair.Value)] : pair.Value, axis: 1)))))]);
    }

    /// <summary>One step of cells on top of each other.</summary>
    private static Tensors RecordStep(
        RNNCell[] cells, OrderedDictionary<string, List<Tensor>>[] parts, Tensor input, Tensor? counts, Tensors states)
    {
        var all = new List<Tensor>();
        for (var i = 0; i < cells.Length; i++)
        {
            var own = new Tensors([.. states.Skip(all.Count).Take(cells[i].StateSize.Count)]);
            var (output, next) = cells[i].StepUnchecked(input, own, training: false);
            var kept = counts is null ? next : PassedOver(counts, output, null, own, next).States;
            foreach (var (name, value) in cells[i].Record(input, own, output, kept))
            {
                if (!parts[i].TryGetValue(name, out var values))
                    parts[i][name] = values = [];
                values.Add(value);
            }

            all.AddRange(kept);
            input = output;
        }

        return new Tensors([.. all]);
    }
}
