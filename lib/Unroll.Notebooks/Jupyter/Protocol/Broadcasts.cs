using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>Whether the kernel is <c>busy</c>, <c>idle</c> or <c>starting</c>.</summary>
internal sealed record StatusContent(string ExecutionState);

/// <summary>The code that now runs.</summary>
internal sealed record ExecuteInput(string Code, int ExecutionCount);

/// <summary>Text on <c>stdout</c> or <c>stderr</c>.</summary>
internal sealed record StreamText(string Name, string Text);

/// <summary>What the protocol asks for and this kernel leaves empty.</summary>
internal sealed record EmptyObject;

/// <summary>Something shown, or shown again.</summary>
internal sealed record DisplayContent(MimeBundle Data, Transient Transient)
{
    public EmptyObject Metadata { get; } = new();
}

/// <summary>What a front end does not save.</summary>
internal sealed record Transient(string DisplayId);

/// <summary>The value of a cell.</summary>
internal sealed record ExecuteResultContent(int ExecutionCount, MimeBundle Data)
{
    public EmptyObject Metadata { get; } = new();
}

/// <summary>Remove the cell's outputs; with wait, when the next one comes.</summary>
internal sealed record ClearOutputContent(bool Wait);

/// <summary>The error that ended a cell.</summary>
internal sealed record ErrorContent(string Ename, string Evalue, IReadOnlyList<string> Traceback);

/// <summary>A comm is closed.</summary>
internal sealed record CommClose(string CommId)
{
    public EmptyObject Data { get; } = new();
}

/// <summary>The user is to type something.</summary>
internal sealed record InputRequest(string Prompt, bool Password);
