namespace Unroll.Compute;

/// <summary>Pieces of work that do not depend on each other: everyone who has time takes the next.</summary>
internal sealed class ItemsJob(int count, Action<int> work) : Job
{
    private int _next;
    private int _inside;

    public override void Lead() => Take();

    public override void Help()
    {
        // Before it takes anything, so that End sees it.
        Interlocked.Increment(ref _inside);
        try
        {
            Take();
        }
        catch (Exception error)
        {
            Fail(error);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public override void End()
    {
        Interlocked.Exchange(ref _next, count);
        var patience = default(Patience);
        while (Volatile.Read(ref _inside) > 0)
            patience.Wait();
    }

    private void Take()
    {
        while (!HasFailed && Interlocked.Increment(ref _next) - 1 is var item && item < count)
            work(item);
    }
}
