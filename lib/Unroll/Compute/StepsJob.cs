namespace Unroll.Compute;

/// <summary>
/// Steps of a few microseconds that follow each other, each shared by those who are there when it begins. Who leads
/// announces a step and how many share it in one number, and waits until each of them has written down that it is done; so
/// a step costs two messages between processors, about 0.2 µs. Nobody waits for a helper that is not awake yet, and who keeps
/// the others waiting, as other programs have its processor, is not asked again.
/// </summary>
internal sealed class StepsJob(int steps, int most, Action<int, int, int> work) : Job
{
    private const int WorkerBits = 16;
    private const long Over = long.MaxValue;

    // Who writes a line of the cache takes it from all who read it: each number has one of its own, and its neighbour.
    private const int Apart = 128 / sizeof(long);

    // At 0 the step announced last, counted from 1, with the number of its workers; then for each helper the last it did.
    private readonly long[] _turns = new long[(most + 1) * Apart];
    private int _joined;
    private bool _wasKeptWaiting;

    public override bool NeedsPromptHelp => true;

    public override bool WasKeptWaiting => _wasKeptWaiting;

    private ref long Announced => ref _turns[Apart / 2];

    public override void Lead()
    {
        for (var step = 0; step < steps; step++)
        {
            var workers = _wasKeptWaiting ? 1 : Math.Min(most, 1 + Volatile.Read(ref _joined));
            if (workers > 1)
                Volatile.Write(ref Announced, ((step + 1L) << WorkerBits) | (uint)workers);
            work(step, 0, workers);
            if (workers > 1)
                AwaitHelpers();
            if (HasFailed)
                return;
        }
    }

    public override void Help()
    {
        var me = Interlocked.Increment(ref _joined);
        if (me >= most)
            return;
        long seen = 0;
        while ((seen = NextTurn(seen)) != Over)
        {
            var workers = (int)(seen & ((1 << WorkerBits) - 1));
            if (me >= workers)
                continue;
            try
            {
                work((int)(seen >> WorkerBits) - 1, me, workers);
            }
            catch (Exception error)
            {
                Fail(error);
            }

            Volatile.Write(ref DoneBy(me), seen);
        }
    }

    public override void End()
    {
        AwaitHelpers();
        Volatile.Write(ref Announced, Over);
    }

    private ref long DoneBy(int helper) => ref _turns[(helper * Apart) + (Apart / 2)];

    private long NextTurn(long seen)
    {
        var patience = default(Patience);
        long turn;
        while ((turn = Volatile.Read(ref Announced)) == seen)
            patience.Wait();
        return turn;
    }

    /// <summary>Waits for all who share the step that was announced last.</summary>
    private void AwaitHelpers()
    {
        var turn = Volatile.Read(ref Announced);
        var workers = (int)(turn & ((1 << WorkerBits) - 1));
        var patience = default(Patience);
        for (var helper = 1; helper < workers; helper++)
            while (Volatile.Read(ref DoneBy(helper)) != turn)
                patience.Wait();
        _wasKeptWaiting |= patience.IsOver;
    }
}
