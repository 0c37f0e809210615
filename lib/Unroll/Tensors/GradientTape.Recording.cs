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
                if (reference.TryGetTarget(out var tape) && tape.Records)
                    return true;
            return false;
        }
    }

    /// <summary>Whether several tapes record what is done here and now, and one may ask for derivatives of another's.</summary>
    internal static bool IsNested
    {
        get
        {
            var recorders = 0;
            foreach (var reference in ActiveTapes.Here)
                if (reference.TryGetTarget(out var tape) && tape.Records)
                    recorders++;
            return recorders > 1;
        }
    }

    /// <summary>Follows a tensor on every tape that records.</summary>
    internal static void WatchOnAll(Tensor tensor)
    {
        foreach (var reference in ActiveTapes.Here)
            if (reference.TryGetTarget(out var tape) && tape.Records)
                tape.Watch(tensor);
    }

    /// <summary>Whether a tape that records follows one of the tensors.</summary>
    internal static bool Follows(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (var reference in ActiveTapes.Here)
            if (reference.TryGetTarget(out var tape) && tape.Records && tape.FollowsAny(tensors))
                return true;
        return false;
    }

    /// <summary>
    /// Records an operation with one output, given as each input beside the rule that turns the gradient of the output
    /// into that of the input; rules of inputs that nobody asks for are never run.
    /// </summary>
    internal static Tensor Record(Tensor output, params ReadOnlySpan<(Tensor Input, Func<Tensor, Tensor> Rule)> inputs)
    {
        foreach (var reference in ActiveTapes.Here)
        {
            if (!reference.TryGetTarget(out var tape) || !tape.Records)
                continue;
            lock (tape._gate)
            {
                if (tape.FollowsAny(inputs))
                    tape.Add(new SingleOperation(output, inputs.ToArray(), tape.FollowedOf(inputs)));
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
            if (!reference.TryGetTarget(out var tape) || !tape.Records)
                continue;
            lock (tape._gate)
            {
                var followed = tape.FollowedOf(inputs);
                if (!followed.Contains(true))
                    continue;
                recorders++;
                var persistent = tape._persistent;
                tape.Add(new JointOperation(outputs, inputs, followed, (gradients, wanted) => rule(gradients, wanted, recorders == 1 && !persistent)));
            }
        }
    }

    private bool FollowsAny(ReadOnlySpan<(Tensor Input, Func<Tensor, Tensor> Rule)> inputs)
    {
        foreach (var (input, _) in inputs)
            if (_watched.Contains(input))
                return true;
        return false;
    }

    /// <summary>Which inputs are followed; null for a single one, which is.</summary>
    private bool[]? FollowedOf(ReadOnlySpan<(Tensor Input, Func<Tensor, Tensor> Rule)> inputs)
    {
        if (inputs.Length == 1)
            return null;
        var followed = new bool[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
            followed[i] = _watched.Contains(inputs[i].Input);
        return followed;
    }

    private bool[] FollowedOf(Tensor[] inputs)
    {
        var followed = new bool[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
            followed[i] = _watched.Contains(inputs[i]);
        return followed;
    }

    private bool FollowsAny(ReadOnlySpan<Tensor> tensors)
    {
        lock (_gate)
        {
            foreach (var tensor in tensors)
                if (_watched.Contains(tensor))
                    return true;
        }

        return false;
    }

    private void Add(Operation operation)
    {
        foreach (var output in operation.Outputs)
        {
            _watched.Add(output);
            Note(output);
        }

        for (var i = 0; i < operation.InputCount; i++)
            Note(operation.Input(i));
        _operations.Add(operation);
    }

    /// <summary>Keeps a tensor's numbers as they are, or notes how they are, where anybody could change them.</summary>
    private void Note(Tensor tensor)
    {
        tensor.Holders?.Add(_life);
        if (!tensor.MarkRecorded())
            return;
        _prints ??= new Dictionary<Tensor, ulong>(ReferenceEqualityComparer.Instance);
        if (!_prints.ContainsKey(tensor))
            _prints.Add(tensor, tensor.Fingerprint());
    }
}
