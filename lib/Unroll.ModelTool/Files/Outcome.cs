namespace Unroll.ModelTool.Files;

/// <summary>What a run gives: files, the text for the console, and notes on how it was done.</summary>
internal sealed class Outcome : IDisposable
{
    /// <summary>The files, which are not there before all has gone well.</summary>
    public Drafts Files { get; } = new();

    /// <summary>What was asked for.</summary>
    public string Text { get; set; } = "";

    /// <summary>What a person would like to know besides.</summary>
    public List<string> Notes { get; } = [];

    public void Dispose() => Files.Dispose();
}
