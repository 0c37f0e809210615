namespace Unroll;

/// <summary>
/// Records the operations done on watched tensors between its creation and its disposal, on the thread that made it or, in
/// asynchronous code, after each await, and plays them back to give derivatives. Trainable <see cref="Variable"/>s are
/// watched when they are read.
/// </summary>
/// <remarks>
/// Gradients are those of the numbers as they were when they were recorded: what <see cref="Variable.Assign"/> or an
/// optimizer changes later does not count, and where a recorded tensor was written through its Span, the tape says so.
/// </remarks>
/// <example><code>
/// var x = Tensor.Of([1f, 2f, 3f]);
/// using (var tape = new GradientTape())
/// {
///     tape.Watch(x);
///     var y = (x * x).Sum();
///     Console.WriteLine(tape.Gradient(y, x));   // [2. 4. 6.]
/// }
/// </code></example>
public sealed partial class GradientTape : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Operation> _operations = [];
    private readonly HashSet<Tensor> _watched = new(ReferenceEqualityComparer.Instance);
    private readonly TapeLife _life;
    private readonly bool _persistent;
    private Dictionary<Tensor, ulong>? _prints;
    private volatile bool _disposed;
    private volatile bool _playing;
    private volatile bool _played;
    private int _closed;

    /// <summary>Starts recording.</summary>
    /// <param name="persistent">Whether <see cref="Gradient(Tensor, Tensor)"/> may be called more than once.</param>
    public GradientTape(bool persistent = false)
    {
        _persistent = persistent;
        _life = new TapeLife(this);
        ActiveTapes.Open(_life.Tape);
    }

    /// <summary>Whether the tape will never record again.</summary>
    internal bool HasEnded => _disposed || (_played && !_persistent);

    private bool Records => !_playing && !HasEnded;

    /// <summary>Follows a tensor, so that derivatives by it can be asked for.</summary>
    public void Watch(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        lock (_gate)
            _watched.Add(tensor);
    }

    /// <summary>
    /// The derivative of <paramref name="target"/> (of its sum, if it holds several numbers) by <paramref name="source"/>,
    /// in the shape of <paramref name="source"/>; <see langword="null"/> where the target does not depend on it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The tape was played before and is not persistent.</exception>
    public Tensor? Gradient(Tensor target, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Gradient(target, (Tensor[])[source])[0];
    }

    /// <summary>The derivative by a variable, as <see cref="Gradient(Tensor, Tensor)"/>.</summary>
    public Tensor? Gradient(Tensor target, Variable source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Gradient(target, (Variable[])[source])[0];
    }

    /// <summary>The derivatives by variables, as <see cref="Gradient(Tensor, IReadOnlyList{Tensor})"/>.</summary>
    public Tensor?[] Gradient(Tensor target, IReadOnlyList<Variable> sources)
    {
        NullCheck.Items(sources);

        // A variable that was changed meanwhile counts with each value that was recorded.
        var values = sources.Select(variable => variable.ValuesFor(_life)).ToArray();
        var gradients = Gradient(target, [.. values.SelectMany(value => value)]);
        var next = 0;
        var sums = new Tensor?[values.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            for (var end = next + values[i].Count; next < end; next++)
                if (gradients[next] is { } gradient)
                    sums[i] = sums[i] is { } sum ? sum + gradient : gradient;
        }

        return sums;
    }

    /// <summary>The derivatives of <paramref name="target"/> by each of <paramref name="sources"/>, in their shapes.</summary>
    /// <exception cref="InvalidOperationException">
    /// The tape was played before and is not persistent, or a recorded tensor was written through its Span.
    /// </exception>
    public Tensor?[] Gradient(Tensor target, IReadOnlyList<Tensor> sources)
    {
        ArgumentNullException.ThrowIfNull(target);
        NullCheck.Items(sources);
        lock (_gate)
        {
            if (_played && !_persistent)
                throw new InvalidOperationException(
                    "This tape has given its gradients. Ask for all sources in one call, or make it with persistent: true.");
            _played = true;

            // An outer tape goes on recording while this one is played back: that gives second derivatives.
            _playing = true;
            try
            {
                return Apart(PlayBack(target, sources));
            }
            finally
            {
                _playing = false;
                if (!_persistent)
                    End();
            }
        }
    }

    /// <summary>Stops recording, wherever it is called. What was recorded can still be asked for.</summary>
    public void Dispose()
    {
        _disposed = true;
        Close();
    }

    /// <summary>Nobody can ask again: what was kept for the way back goes.</summary>
    private void End()
    {
        _life.End();
        _operations.Clear();
        _prints = null;
        Close();
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
            ActiveTapes.Close();
    }

    private Tensor?[] PlayBack(Tensor target, IReadOnlyList<Tensor> sources)
    {
        var reached = Reached(sources);
        HashSet<Tensor>? verified = null;
        var gradients = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance)
        {
            [target] = Tensor.Ones(target.Shape),
        };
        for (var i = _operations.Count - 1; i >= 0; i--)
        {
            var operation = _operations[i];
            if (!operation.IsReached || !operation.HasGradient(gradients))
                continue;
            for (var k = 0; k < operation.InputCount; k++)
                Verify(operation.Input(k), ref verified);
            foreach (var output in operation.Outputs)
                Verify(output, ref verified);
            operation.GoBack(gradients, reached);
        }

        return [.. sources.Select(source => gradients.GetValueOrDefault(source))];
    }

    /// <summary>What depends on the sources: no more need be gone back through.</summary>
    private HashSet<Tensor> Reached(IReadOnlyList<Tensor> sources)
    {
        var reached = new HashSet<Tensor>(sources, ReferenceEqualityComparer.Instance);
        foreach (var operation in _operations)
            operation.Reach(reached);
        return reached;
    }

    /// <summary>Refuses numbers that are no longer those that were recorded.</summary>
    private void Verify(Tensor tensor, ref HashSet<Tensor>? verified)
    {
        if (!tensor.IsLent || !(verified ??= new HashSet<Tensor>(ReferenceEqualityComparer.Instance)).Add(tensor))
            return;
        if (tensor.IsAsRecorded(_prints is not null && _prints.TryGetValue(tensor, out var print) ? print : null))
            return;
        throw new InvalidOperationException(
            $"A tensor of shape {tensor.Shape} was written through its Span after the tape recorded an operation on it, so the gradient would be wrong. " +
            "Write before the operation, or into a Copy().");
    }

    /// <summary>Results share no memory with each other.</summary>
    private static Tensor?[] Apart(Tensor?[] gradients)
    {
        for (var i = 1; i < gradients.Length; i++)
            if (gradients[i] is { } gradient && Array.Exists(gradients[..i], other => other is not null && other.SharesMemoryWith(gradient)))
                gradients[i] = gradient.Identity();
        return gradients;
    }
}
