namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>What could stand in the code from <paramref name="Start"/> to <paramref name="End"/>.</summary>
internal sealed record CompletionResult(IReadOnlyList<Completion> Items, int Start, int End);

/// <summary>One of the things that could stand there.</summary>
/// <param name="Text">What is inserted.</param>
/// <param name="Kind">What it is, in Jupyter's words: <c>function</c>, <c>class</c>, <c>instance</c>, <c>keyword</c>, …</param>
/// <param name="Signature">Its parameters or type; empty where there are none.</param>
internal sealed record Completion(string Text, string Kind, string Signature = "");
