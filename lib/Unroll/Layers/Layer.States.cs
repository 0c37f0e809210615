namespace Unroll.Layers;

/// <content>What a layer keeps from call to call; each layer answers for itself and those within.</content>
public abstract partial class Layer
{
    private bool _wasCalled;

    /// <summary>
    /// Whether every batch must be of the size that the layer was made for, or began with: it is stateful, or within it a
    /// model has a batchSize.
    /// </summary>
    internal virtual bool IsBoundToBatch => _children.Exists(child => child.IsBoundToBatch);

    /// <summary>
    /// Forgets what the layer keeps from call to call, and has those within do so: <c>model.ResetStates()</c> comes here. A
    /// stateful layer of your own overrides it.
    /// </summary>
    protected virtual void ForgetStates()
    {
        foreach (var child in _children)
            child.ForgetStates();
    }

    /// <summary>After a trial call: what was never called on data has no states to keep.</summary>
    internal void ForgetTrial()
    {
        if (!SelfAndWithin().Any(layer => layer._wasCalled))
            ForgetStates();
    }

    private void NoteCall()
    {
        if (!_wasCalled && !ShapeTrial.IsRunning)
            _wasCalled = true;
    }

    /// <summary>What puts the states back as they are now.</summary>
    internal virtual IEnumerable<Action> StateKeepers() => _children.SelectMany(child => child.StateKeepers());
}
