using Unroll.Notebooks.Session;

namespace Unroll.Notebooks.Tests.Session;

public sealed class WarmUpTests
{
    /// <summary>Whenever the first cell comes: while the sample is bound, and while it is written, when Roslyn may report an error of its own.</summary>
    [Fact]
    public void The_first_cell_ends_the_warming_up_and_harms_nothing()
    {
        using var scripts = new ScriptChain(canBeInterrupted: false);
        scripts.Start();
        scripts.WarmUp(isForPerson: false, CancellationToken.None);
        for (var ticks = 0; ticks < 60; ticks++)
        {
            using var firstCell = new CancellationTokenSource(TimeSpan.FromMilliseconds(ticks / 3));
            scripts.WarmUp(isForPerson: false, firstCell.Token);
        }
    }
}
