using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>Questions about code that does not run: what could stand there, what stands there, is it whole?</summary>
internal sealed class CodeHandlers(IKernelEngine engine, Interruption interruption)
{
    /// <summary>Serves a <c>complete_request</c>.</summary>
    public async Task<OutgoingContent?> CompleteAsync(WireMessage request, CancellationToken cancellation)
    {
        var (code, cursor) = request.Read<CompleteRequest>();
        using var interruptible = interruption.Begin(cancellation);
        var result = await engine.CompleteAsync(code, CodePoints.ToIndex(code, cursor), interruptible.Token).ConfigureAwait(false);
        var start = CodePoints.FromIndex(code, result.Start);
        var end = CodePoints.FromIndex(code, result.End);
        var entries = result.Items.Select(item => new CompletionEntry(item.Text, item.Kind, item.Signature, start, end));
        return OutgoingContent.Create(
            "complete_reply",
            new CompleteReply([.. result.Items.Select(item => item.Text)], start, end, new CompleteMetadata([.. entries])));
    }

    /// <summary>Serves an <c>inspect_request</c>.</summary>
    public async Task<OutgoingContent?> InspectAsync(WireMessage request, CancellationToken cancellation)
    {
        var (code, cursor, detail) = request.Read<InspectRequest>();
        using var interruptible = interruption.Begin(cancellation);
        var found = await engine.InspectAsync(code, CodePoints.ToIndex(code, cursor), detail > 0, interruptible.Token).ConfigureAwait(false);
        return OutgoingContent.Create("inspect_reply", new InspectReply(found is not null, found ?? new MimeBundle()));
    }

    /// <summary>Serves an <c>is_complete_request</c>.</summary>
    public async Task<OutgoingContent?> IsCompleteAsync(WireMessage request, CancellationToken cancellation)
    {
        var found = await engine.IsCompleteAsync(request.Read<IsCompleteRequest>().Code, cancellation).ConfigureAwait(false);
        return OutgoingContent.Create("is_complete_reply", new IsCompleteReply(found.Status) { Indent = found.Indent });
    }
}
