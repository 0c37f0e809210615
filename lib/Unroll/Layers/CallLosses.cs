namespace Unroll.Layers;

/// <summary>Collects what layers add to the loss while a model is called on this thread.</summary>
internal sealed class CallLosses : IDisposable
{
    [ThreadStatic]
    private static CallLosses? _current;

    private readonly CallLosses? _before = _current;

    private CallLosses()
    {
    }

    /// <summary>Whether somebody will ask for the losses of the call that runs.</summary>
    public static bool IsCollecting => _current is not null && !ShapeTrial.IsRunning;

    /// <summary>What was added so far.</summary>
    public List<Tensor> Losses { get; } = [];

    /// <summary>Collects until it is disposed of.</summary>
    public static CallLosses Collect() => _current = new CallLosses();

    public static void Add(Tensor loss)
    {
        if (IsCollecting)
            _current!.Losses.Add(loss.Reshape());
    }

    public void Dispose() => _current = _before;
}
