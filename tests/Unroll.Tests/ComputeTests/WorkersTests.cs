using Unroll.Compute;

namespace Unroll.Tests.ComputeTests;

/// <summary>Work shared between threads: all of it is done once, in order where it has one, and nobody is left at it.</summary>
[Collection(nameof(Support.OneByOne))]
public class WorkersTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_piece_is_done_once(int threads) => With(threads, () =>
    {
        for (var again = 0; again < 200; again++)
        {
            var done = new int[37];
            Workers.Run(done.Length, item => Interlocked.Increment(ref done[item]));
            Assert.All(done, times => Assert.Equal(1, times));
        }
    });

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_step_begins_when_all_have_ended_the_one_before(int threads) => With(threads, () =>
    {
        const int Steps = 2000;
        var ended = new int[Steps];
        var early = 0;
        var wrong = 0;
        Workers.RunSteps(Steps, 64, (step, worker, workers) =>
        {
            // All of a step say the same number of workers; together they are one.
            if (step > 0 && Volatile.Read(ref ended[step - 1]) != 840)
                Interlocked.Increment(ref early);
            if (worker >= workers || workers > threads)
                Interlocked.Increment(ref wrong);
            Interlocked.Add(ref ended[step], 840 / workers);
        });
        Assert.Equal((0, 0), (early, wrong));
        Assert.All(ended, shares => Assert.Equal(840, shares));
    });

    [Fact]
    public void Helpers_come() => With(2, () =>
    {
        var most = 0;
        for (var again = 0; again < 1000 && most < 2; again++)
        {
            Workers.RunSteps(1000, 2, (_, _, workers) =>
            {
                Volatile.Write(ref most, Math.Max(most, workers));
                Thread.SpinWait(100);
            });
        }

        Assert.Equal(2, most);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_error_of_any_worker_comes_back_and_ends_the_work(int failing) => With(2, () =>
    {
        var steps = 0;
        var failed = false;
        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var again = 0; again < 1000 && !failed; again++)
            {
                Workers.RunSteps(1000, 2, (_, worker, _) =>
                {
                    Interlocked.Increment(ref steps);
                    Thread.SpinWait(100);
                    if (worker != failing)
                        return;
                    failed = true;
                    throw new InvalidOperationException("broken");
                });
            }
        });
        Assert.Equal("broken", error.Message);

        // And the next job is done as if nothing had been.
        var done = 0;
        Workers.RunSteps(100, 2, (_, worker, _) => done += worker == 0 ? 1 : 0);
        Assert.Equal(100, done);
    });

    [Fact]
    public void Work_within_work_and_beside_other_work_is_done_too() => With(3, () =>
    {
        var done = 0;
        Parallel.For(0, 8, _ => Workers.Run(10, _ => Workers.RunSteps(10, 3, (_, worker, _) =>
        {
            if (worker == 0)
                Interlocked.Increment(ref done);
        })));
        Assert.Equal(800, done);
    });

    [Fact]
    public void Where_the_leader_is_stopped_no_helper_goes_on() => With(2, () =>
    {
        for (var again = 0; again < 50; again++)
        {
            var (over, late) = (false, 0);
            Assert.Throws<ThreadInterruptedException>(() => Workers.RunSteps(1_000_000, 2, (step, worker, _) =>
            {
                if (Volatile.Read(ref over))
                    Interlocked.Increment(ref late);
                Thread.SpinWait(200);
                if (worker == 0 && step == 300)
                    throw new ThreadInterruptedException();
            }));
            Volatile.Write(ref over, true);
            Thread.SpinWait(20_000);
            Assert.Equal(0, late);
        }
    });

    private static void With(int threads, Action test)
    {
        var before = Backend.Threads;
        Backend.Threads = threads;
        try
        {
            test();
        }
        finally
        {
            Backend.Threads = before;
        }
    }
}
