namespace Unroll.Models;

/// <summary>What Fit runs on an engine: the training, and the validation, if there is one.</summary>
internal sealed record EngineRuns(EngineRun Training, EngineRun? Validation) : IDisposable
{
    public void Dispose()
    {
        Validation?.Dispose();
        Training.Dispose();
    }
}
