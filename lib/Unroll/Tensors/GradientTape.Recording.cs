namespace Unroll;

/// <content>How operations come onto the tapes.</content>
public sealed partial class GradientTape
{
    /// <summary>Whether any tape records what is done here and now.</summary>
    internal static bool IsRecording
    {
        get
        {
            foreach (var reference in ActiveTapes.Here)
                if (reference.TryGetTarget(out var tape) && tape.Records) return true;
            return false;
        }
    }

    /// <summary>Follows a tensor on every tape that records.</summary>
    internal static void WatchOnAll(Tensor tensor)
    {
        foreach (var reference in ActiveTapes.Here)
            if (reference.TryGetTarget(out var tape) && tape.Records) tape.Watch(tensor);
    }

    /// <summary>Whether a tape that records follows one of the tensors.</summary>
    internal static bool Follows(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (var reference in ActiveTapes.Here)
            if (reference.TryGetTarget(out var tape) && tape.Records && tape.FollowsAny(tensors)) return true;
        return false;
    }

    /// <summary>
    /// Records an operation with one output, given as each input beside the rule that turns the gradient of the output
    /// into that of the input; rules of inputs that nobody asks for are never run.
    /// </summary>
    internal static Tensor Record(Tensor output, params ReadOnlySpan<(Tensor Input, Func<Tensor, Tensor> Rule)> inputs)
    {
        var tapes = ActiveTapes.Here;
        if (tapes.IsEmpty) return output;
        (Tensor Input, Func<Tensor, Tensor> Rule)[]? kept = null;
        foreach (var reference in tapes)
        {
            if (!reference.TryGetTarget(out var tape) || !tape.Records) continue;
            lock (tape._gate)
            {
                Tensor?[]? followed = null;
                for (var i = 0; i < inputs.Length; i++)
                    if (tape._watched.Contains(inputs[i].Input)) (followed ??= new Tensor?[inputs.Length])[i] = inputs[i].Input;
                if (followed is null) continue;
                var rules = kept ??= inputs.ToArray();
                tape.Add(new Operation(
                    [output],
                    followed,
                    [output, .. rules.Select(input => input.Input)],
                    (gradients, wanted) => [.. rules.Select((input, i) => wanted[i] ? input.Rule(gradients[0]!) : null)]));
            }
        }

        return output;
    }

    /// <summary>
    /// Records an operation with several outputs. The rule gets the gradient of each output (null where nothing came
    /// back), whether each input's is wanted, and whether nobody can ask again, so that what was kept for the way back may
    /// be used up; it gives the gradient of each input (null where there is none).
    /// </summary>
    internal static void Record(Tensor[] outputs, Tensor[] inputs, Func<Tensor?[], bool[], bool, Tensor?[]> rule)
    {
        var recorders = 0;
        foreach (var reference in ActiveTapes.Here)
        {
            if (!reference.TryGetTarget(out var tape) || !tape.Records) continue;
            lock (tape._gate)
            {
                var followed = Array.ConvertAll(inputs, input => tape._watched.Contains(input) ? input : null);
                if (Array.TrueForAll(followed, input => input is null)) continue;
                recorders++;
                var persistent = tape._persistent;
                tape.Add(new Operation(
                    outputs, followed, [.. outputs, .. inputs], (gradients, wanted) => rule(gradients, wanted, recorders == 1 && !persistent)));
            }
        }
    }

    private bool FollowsAny(ReadOnlySpan<Tensor> tensors)
    {
        lock (_gate)
        {
            foreach (var tensor in tensors)
                if (_watched.Contains(tensor)) return true;
        }

        return false;
    }

    private void Add(Operation operation)
    {
        foreach (var output in operation.Outputs) _watched.Add(output);
        foreach (var tensor in operation.Tensors)
        {
            tensor.HoldFor(_life);
            if (tensor.MarkRecorded()) _prints.TryAdd(tensor, tensor.Fingerprint());
        }

        _operations.Add(operation);
    }
}

/// <summary>Whether a tape can still be asked: as long as it can, numbers that it recorded must stay as they were.</summary>
internal sealed class TapeLife
{
    public volatile bool IsOver;
}
