using Unroll.Notebooks.Jupyter.Protocol;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>Questions about the kernel itself, and comms, of which it opens none.</summary>
internal sealed class InfoHandlers(KernelDescription description, SessionHistory history, IopubPublisher iopub)
{
    /// <summary>Serves a <c>kernel_info_request</c>.</summary>
    public Task<OutgoingContent?> KernelInfoAsync(WireMessage request, CancellationToken cancellation)
    {
        var language = new LanguageInfo("C#", description.LanguageVersion, "text/x-csharp", ".cs")
        {
            PygmentsLexer = "csharp",
            CodemirrorMode = "text/x-csharp",
        };
        return Reply("kernel_info_reply", new KernelInfoReply(description.Name, description.Version, language, description.Banner)
        {
            HelpLinks = [.. description.HelpLinks.Select(link => new HelpLink(link.Text, link.Url))],
        });
    }

    /// <summary>Serves a <c>history_request</c>.</summary>
    public Task<OutgoingContent?> HistoryAsync(WireMessage request, CancellationToken cancellation) =>
        Reply("history_reply", history.Find(request.Read<HistoryRequest>()));

    /// <summary>Serves a <c>comm_info_request</c>.</summary>
    public static Task<OutgoingContent?> CommInfoAsync(WireMessage request, CancellationToken cancellation)
    {
        request.Read<CommInfoRequest>();
        return Reply("comm_info_reply", new CommInfoReply());
    }

    /// <summary>Serves a <c>comm_open</c>: the front end must learn that nobody is at the other end.</summary>
    public Task<OutgoingContent?> CommOpenAsync(WireMessage request, CancellationToken cancellation)
    {
        var comm = request.Read<CommOpen>();
        iopub.Publish("comm_close", new CommClose(comm.CommId), request.RawHeader);
        return Task.FromResult<OutgoingContent?>(null);
    }

    /// <summary>What is said to a comm that is closed needs no answer.</summary>
    public static Task<OutgoingContent?> IgnoreAsync(WireMessage request, CancellationToken cancellation) =>
        Task.FromResult<OutgoingContent?>(null);

    private static Task<OutgoingContent?> Reply<T>(string type, T content) =>
        Task.FromResult<OutgoingContent?>(OutgoingContent.Create(type, content));
}
