using Unroll.Notebooks.Jupyter.Protocol;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>Interrupt and shutdown.</summary>
internal sealed class LifeHandlers(IKernelEngine engine, Interruption interruption, IopubPublisher iopub)
{
    /// <summary>Upper bound on how long a following shutdown may wait.</summary>
    private static readonly TimeSpan InterruptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Whether a front end means to start the kernel again.</summary>
    public bool IsRestart { get; private set; }

    /// <summary>Serves an <c>interrupt_request</c>.</summary>
    public async Task<OutgoingContent?> InterruptAsync(WireMessage request, CancellationToken cancellation)
    {
        interruption.Interrupt();
        await engine.InterruptAsync(cancellation).WaitAsync(InterruptTimeout, cancellation).ConfigureAwait(false);
        return OutgoingContent.Create("interrupt_reply", new OkReply());
    }

    /// <summary>Serves a <c>shutdown_request</c>; the other front ends learn of it too.</summary>
    public Task<OutgoingContent?> ShutdownAsync(WireMessage request, CancellationToken cancellation)
    {
        IsRestart = request.Read<ShutdownRequest>().Restart;
        var reply = new ShutdownReply(IsRestart);
        iopub.Publish("shutdown_reply", reply, request.RawHeader);
        return Task.FromResult<OutgoingContent?>(OutgoingContent.Create("shutdown_reply", reply) with { IsLast = true });
    }
}
