namespace Unroll.Models;

/// <summary>
/// Ends the training where the loss becomes NaN or infinite, as a normal end: without it, <c>Fit</c> throws there. Either
/// way, that step is not made, and the weights are those of the step before.
/// </summary>
public sealed class TerminateOnNaN : Callback
{
    /// <summary>Says what happened, and ends the training.</summary>
    internal void Terminate(int batch)
    {
        Model.Say($"Batch {batch}: Invalid loss, terminating training");
        Model.StopTraining = true;
    }
}
