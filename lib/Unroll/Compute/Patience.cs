namespace Unroll.Compute;

/// <summary>
/// Waiting for another thread that will take about a microsecond: longer than a spin takes, and it was put to sleep; then the
/// processor is offered to it.
/// </summary>
internal struct Patience
{
    // About 50 µs.
    private const int Spins = 2000;

    private int _spins;

    /// <summary>Whether it took longer than that.</summary>
    public readonly bool IsOver => _spins > Spins;

    public void Wait()
    {
        if (_spins++ < Spins)
            Thread.SpinWait(1);
        else
            Thread.Yield();
    }
}
