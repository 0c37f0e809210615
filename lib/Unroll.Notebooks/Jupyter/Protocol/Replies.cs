using System.Text.Json;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>It could be done.</summary>
internal abstract record Succeeded
{
    public string Status { get; } = "ok";
}

/// <summary>Done, and there is nothing more to say.</summary>
internal sealed record OkReply : Succeeded;

/// <summary>It could not be done, or code failed.</summary>
internal sealed record ErrorReply(string Ename, string Evalue, IReadOnlyList<string> Traceback)
{
    public string Status { get; init; } = "error";
}

/// <summary>What kind of kernel this is.</summary>
internal sealed record KernelInfoReply(string Implementation, string ImplementationVersion, LanguageInfo LanguageInfo, string Banner) : Succeeded
{
    public string ProtocolVersion { get; } = MessageHeader.ProtocolVersion;

    public IReadOnlyList<HelpLink> HelpLinks { get; init; } = [];

    public bool Debugger { get; }
}

/// <summary>The language of the cells, as front ends need it to colour and save them.</summary>
internal sealed record LanguageInfo(string Name, string Version, string Mimetype, string FileExtension)
{
    public required string PygmentsLexer { get; init; }

    public required string CodemirrorMode { get; init; }
}

/// <summary>An entry of a front end's help menu.</summary>
internal sealed record HelpLink(string Text, string Url);

/// <summary>The code ran to its end.</summary>
internal sealed record ExecuteOkReply(
    int ExecutionCount, IReadOnlyDictionary<string, JsonElement> UserExpressions, IReadOnlyList<PagePayload> Payload) : Succeeded;

/// <summary>What front ends show of a run.</summary>
/// <param name="Started">When it began.</param>
internal sealed record ExecuteMetadata(string Started);

/// <summary>The code failed, or did not run because one before it failed.</summary>
internal sealed record ExecuteErrorReply(
    string Status, int ExecutionCount, string Ename, string Evalue, IReadOnlyList<string> Traceback)
{
    public EmptyObject UserExpressions { get; } = new();

    public IReadOnlyList<PagePayload> Payload { get; } = [];
}

/// <summary>Text for a front end's pager.</summary>
internal sealed record PagePayload(MimeBundle Data, int Start)
{
    public string Source { get; } = "page";
}

/// <summary>The value of a user expression.</summary>
internal sealed record ExpressionValue(MimeBundle Data) : Succeeded
{
    public EmptyObject Metadata { get; } = new();
}

/// <summary>What could stand between the two places.</summary>
internal sealed record CompleteReply(IReadOnlyList<string> Matches, int CursorStart, int CursorEnd, CompleteMetadata Metadata) : Succeeded;

/// <summary>What front ends show beside a completion; the name is Jupyter's own.</summary>
internal sealed record CompleteMetadata(
    [property: System.Text.Json.Serialization.JsonPropertyName("_jupyter_types_experimental")] IReadOnlyList<CompletionEntry> Types);

/// <summary>One completion with its kind.</summary>
internal sealed record CompletionEntry(string Text, string Type, string Signature, int Start, int End);

/// <summary>What stands at the place.</summary>
internal sealed record InspectReply(bool Found, MimeBundle Data) : Succeeded
{
    public EmptyObject Metadata { get; } = new();
}

/// <summary>Whether code can run as it is: <c>complete</c>, <c>incomplete</c>, <c>invalid</c> or <c>unknown</c>.</summary>
internal sealed record IsCompleteReply(string Status)
{
    /// <summary>With what the next line should begin, where one must follow.</summary>
    public string? Indent { get; init; }
}

/// <summary>What has been run: each entry is [session, line, input] or [session, line, [input, output]].</summary>
internal sealed record HistoryReply(IReadOnlyList<JsonElement> History) : Succeeded;

/// <summary>The comms that are open: this kernel opens none.</summary>
internal sealed record CommInfoReply : Succeeded
{
    public EmptyObject Comms { get; } = new();
}

/// <summary>The kernel ends.</summary>
internal sealed record ShutdownReply(bool Restart) : Succeeded;
