using Unroll.Keras.Configuration;
using Unroll.Keras.Hdf5;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Keras.Weights;

/// <summary>
/// What an optimizer has gathered, as Keras keeps it: how many steps were made, in Keras 3 the learning rate, then the slots of
/// the variables, those of one kind or pair of kinds after those of another.
/// </summary>
internal static class OptimizerState
{
    /// <summary>The kinds of slots that Keras keeps together: momentum and velocity of a variable, then those of the next one.</summary>
    private static readonly Dictionary<Type, string[][]> Blocks = new()
    {
        [typeof(SGD)] = [["momentum"]],
        [typeof(RMSprop)] = [["square"], ["momentum"], ["mean"]],
        [typeof(Adam)] = [["m", "v"], ["vhat"]],
        [typeof(AdamW)] = [["m", "v"], ["vhat"]],
        [typeof(Adagrad)] = [["accumulator"]],
        [typeof(Adadelta)] = [["square", "step"]],
        [typeof(Adamax)] = [["m", "u"]],
        [typeof(Nadam)] = [["m", "v"]],
    };

    /// <summary>What older versions called a kind at the end of the array's name: <c>Adam/lstm/kernel/m:0</c>, <c>adam/lstm_kernel_velocity</c>.</summary>
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["m"] = ["m", "momentum"],
        ["v"] = ["v", "velocity"],
        ["vhat"] = ["vhat", "velocity_hat"],
        ["u"] = ["v", "norm", "u"],
        ["momentum"] = ["momentum", "m"],
        ["square"] = ["rms", "velocity", "accumulated_grad", "accum_grad"],
        ["mean"] = ["mg", "average_gradient"],
        ["step"] = ["accum_var", "accumulated_delta_var"],
        ["accumulator"] = ["accumulator"],
    };

    /// <summary>Takes over a state from the numbered variables of a file.</summary>
    public static void Read(Model model, IReadOnlyList<Tensor> stored, ReadContext context)
    {
        var variables = context.TrainedBy(model);
        var optimizer = model.Optimizer;
        if (stored.Count == 0 || stored[0].Size != 1 || !Blocks.TryGetValue(optimizer.GetType(), out var blocks))
            return;
        var slots = optimizer.SlotNames.Count * variables.Count;

        // Keras 3 has the learning rate second, unless a schedule makes it; Nadam has a product at the end.
        var skipped = stored.Count > 1 && stored[1].Rank == 0 ? 2 : 1;
        if (stored.Count == skipped)
            optimizer.SetWeights([stored[0]], variables);
        else if (stored.Count - skipped < slots)
            context.Note($"The optimizer's state has {stored.Count - skipped} arrays, and {optimizer.GetType().Name} of {variables.Count} variables " +
                $"wants {slots}: it begins anew.");
        else
            Set(optimizer, variables, stored[0], ByKind(stored.Skip(skipped), optimizer, blocks, variables.Count), context);
    }

    /// <summary>Takes over a state from arrays with names.</summary>
    public static void Read(Model model, IReadOnlyList<(string Name, Tensor Value)> stored, ReadContext context)
    {
        var variables = context.TrainedBy(model);
        var optimizer = model.Optimizer;
        if (stored.Count == 0 || stored[0].Value.Size != 1)
            return;
        var byKind = optimizer.SlotNames.ToDictionary(
            kind => kind, kind => stored.Where(one => Words[kind].Any(word => IsOfKind(one.Name, word))).Select(one =>
                one.Value).ToList(), StringComparer.Ordinal);
        if (byKind.Values.All(values => values.Count == variables.Count))
            Set(optimizer, variables, stored[0].Value, byKind, context);
        else
            context.Note($"The optimizer's state is in the form of an older Keras, which {optimizer.GetType().Name} here does not read: it begins anew.");
    }

    /// <summary>A state in Keras' order.</summary>
    public static IReadOnlyList<Tensor> Write(Model model)
    {
        var optimizer = model.Optimizer;
        if (!Blocks.TryGetValue(optimizer.GetType(), out var blocks))
            return [];
        var state = optimizer.GetWeights().Skip(1).ToList();
        var names = optimizer.SlotNames;
        var ordered = new List<Tensor>();
        foreach (var block in blocks)
        {
            int[] places = [.. block.Select(kind => names.IndexOf(kind)).Where(place => place >= 0)];
            for (var variable = 0; variable * names.Count < state.Count; variable++)
                ordered.AddRange(places.Select(place => state[(variable * names.Count) + place]));
        }

        return ordered;
    }

    private static bool IsOfKind(string name, string word)
    {
        var plain = name.Split(':')[0];
        return plain.EndsWith($"/{word}", StringComparison.Ordinal) || plain.EndsWith($"_{word}", StringComparison.Ordinal);
    }

    private static Dictionary<string, List<Tensor>> ByKind(IEnumerable<Tensor> slots, Optimizer optimizer, string[][] blocks, int variables)
    {
        var byKind = optimizer.SlotNames.ToDictionary(kind => kind, _ => new List<Tensor>(), StringComparer.Ordinal);
        using var next = slots.GetEnumerator();
        foreach (var block in blocks)
        {
            string[] kinds = [.. block.Where(byKind.ContainsKey)];
            for (var variable = 0; variable < variables; variable++)
            {
                foreach (var kind in kinds)
                {
                    next.MoveNext();
                    byKind[kind].Add(next.Current);
                }
            }
        }

        return byKind;
    }

    private static void Set(
        Optimizer optimizer, IReadOnlyList<Variable> variables, Tensor iterations, Dictionary<string, List<Tensor>> byKind, ReadContext context)
    {
        var state = new List<Tensor> { iterations };
        for (var variable = 0; variable < variables.Count; variable++)
            state.AddRange(optimizer.SlotNames.Select(kind => byKind[kind][variable]));
        try
        {
            optimizer.SetWeights(state, variables);
        }
        catch (ArgumentException error)
        {
            context.Note($"The optimizer's state does not fit, and it begins anew: {error.Message}");
        }
    }

    private static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
