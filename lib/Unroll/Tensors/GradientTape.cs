namespace Unroll;

/// <summary>
/// Records the operations done on watched tensors between its creation and its disposal, on the thread that made it,
/// and plays them back to give derivatives. Trainable <see cref="Variable"/>s are watched when they are read.
/// </summary>
/// <example><code>
/// var x = Tensor.Of([1f, 2f, 3f]);
/// using (var tape = new GradientTape())
/// {
///     tape.Watch(x);
///     var y = (x * x).Sum();
///     Console.WriteLine(tape.Gradient(y, x));   // [2. 4. 6.]
/// }
/// </code></example>
public sealed class GradientTape : IDisposable
{
    [ThreadStatic]
    private static List<GradientTape>? _active;

    private readonly List<Operation> _operations = [];
    private readonly HashSet<Tensor> _watched = new(ReferenceEqualityComparer.Instance);
    private readonly bool _persistent;
    private bool _played;

    /// <summary>Starts recording.</summary>
    /// <param name="persistent">Whether <see cref="Gradient(Tensor, Tensor)"/> may be called more than once.</param>
    public GradientTape(bool persistent = false)
    {
        _persistent = persistent;
        (_active ??= []).Add(this);
    }

    /// <summary>Whether any tape is recording on this thread.</summary>
    internal static bool IsRecording => _active is { Count: > 0 };

    /// <summary>Follows a tensor, so that derivatives by it can be asked for.</summary>
    public void Watch(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        _watched.Add(tensor);
    }

    /// <summary>
    /// The derivative of <paramref name="target"/> (of its sum, if it holds several numbers) by <paramref name="source"/>,
    /// in the shape of <paramref name="source"/>; <see langword="null"/> where the target does not depend on it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The tape was played before and is not persistent.</exception>
    public Tensor? Gradient(Tensor target, Tensor source) => Gradient(target, [source])[0];

    /// <summary>The derivatives by variables, as <see cref="Gradient(Tensor, IReadOnlyList{Tensor})"/>.</summary>
    public Tensor?[] Gradient(Tensor target, IReadOnlyList<Variable> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return Gradient(target, [.. sources.Select(variable => variable.Value)]);
    }

    /// <summary>The derivatives of <paramref name="target"/> by each of <paramref name="sources"/>, in their shapes.</summary>
    /// <exception cref="InvalidOperationException">The tape was played before and is not persistent.</exception>
    public Tensor?[] Gradient(Tensor target, IReadOnlyList<Tensor> sources)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(sources);
        if (_played && !_persistent)
            throw new InvalidOperationException(
                "This tape has given its gradients. Ask for all sources in one call, or make it with persistent: true.");
        _played = true;

        // An outer tape goes on recording while this one is played back: that gives second derivatives.
        var recording = _active?.Remove(this) ?? false;
        try
        {
            return PlayBack(target, sources);
        }
        finally
        {
            if (recording && _persistent) _active!.Add(this);
        }
    }

    /// <summary>Stops recording.</summary>
    public void Dispose() => _active?.Remove(this);

    /// <summary>Follows a tensor on every active tape.</summary>
    internal static void WatchOnAll(Tensor tensor)
    {
        if (_active is null) return;
        foreach (var tape in _active) tape._watched.Add(tensor);
    }

    /// <summary>Whether some active tape follows one of the tensors.</summary>
    internal static bool Follows(params ReadOnlySpan<Tensor> tensors)
    {
        if (_active is null) return false;
        foreach (var tape in _active)
        {
            foreach (var tensor in tensors)
                if (tape._watched.Contains(tensor)) return true;
        }

        return false;
    }

    /// <summary>
    /// Records an operation with one output, given as each input beside the rule that turns the gradient of the output
    /// into that of the input; rules of inputs that nobody watches are never run.
    /// </summary>
    internal static Tensor Record(Tensor output, params ReadOnlySpan<(Tensor Input, Func<Tensor, Tensor> Rule)> inputs)
    {
        if (_active is null) return output;
        foreach (var tape in _active)
        {
            List<(Tensor, Func<Tensor, Tensor>)>? followed = null;
            foreach (var input in inputs)
                if (tape._watched.Contains(input.Input)) (followed ??= []).Add(input);
            if (followed is null) continue;
            tape._watched.Add(output);
            tape._operations.Add(new Operation([output], gradients =>
                followed.Select(input => (input.Item1, (Tensor?)input.Item2(gradients[0]!)))));
        }

        return output;
    }

    /// <summary>
    /// Records an operation with several outputs. The rule gets the gradient of each output (null where nothing came
    /// back), whether each input is followed, and whether nobody can ask again, so that what was kept for the way back may
    /// be used up; it gives the gradient of each input (null where there is none).
    /// </summary>
    internal static void Record(Tensor[] outputs, Tensor[] inputs, Func<Tensor?[], bool[], bool, Tensor?[]> rule)
    {
        if (_active is null) return;
        var recorders = 0;
        foreach (var tape in _active)
        {
            var wanted = Array.ConvertAll(inputs, tape._watched.Contains);
            if (!wanted.Contains(true)) continue;
            recorders++;
            foreach (var output in outputs) tape._watched.Add(output);
            tape._operations.Add(new Operation(outputs, gradients => inputs.Zip(rule(gradients, wanted, recorders == 1 && !tape._persistent))));
        }
    }

    private Tensor?[] PlayBack(Tensor target, IReadOnlyList<Tensor> sources)
    {
        var gradients = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance)
        {
            [target] = Tensor.Ones(target.Shape),
        };
        for (var i = _operations.Count - 1; i >= 0; i--)
        {
            var operation = _operations[i];
            var incoming = Array.ConvertAll(operation.Outputs, output => gradients.GetValueOrDefault(output));
            if (Array.TrueForAll(incoming, gradient => gradient is null)) continue;
            foreach (var (input, gradient) in operation.Rule(incoming))
            {
                if (gradient is null || !_watched.Contains(input)) continue;
                gradients[input] = gradients.TryGetValue(input, out var sum) ? sum + gradient : gradient;
            }
        }

        return [.. sources.Select(source => gradients.GetValueOrDefault(source))];
    }

    private sealed record Operation(
        Tensor[] Outputs, Func<Tensor?[], IEnumerable<(Tensor Input, Tensor? Gradient)>> Rule);
}
