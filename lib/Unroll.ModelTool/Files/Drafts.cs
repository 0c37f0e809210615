using System.Text;

namespace Unroll.ModelTool.Files;

/// <summary>
/// The files to write: each is made under another name beside its place, and all take their names when everything has gone
/// well. Where something has not, what was there stays.
/// </summary>
internal sealed class Drafts : IDisposable
{
    private readonly List<(string Draft, string Target)> _files = [];

    /// <summary>The names that files will have.</summary>
    public IEnumerable<string> Targets => _files.Select(file => file.Target);

    /// <summary>Where to write a file meanwhile; the name ends as the target's does.</summary>
    public string For(string target)
    {
        var whole = Path.GetFullPath(target);
        if (Directory.Exists(whole) || Path.EndsInDirectorySeparator(target))
            throw new ToolException($"{target} is a folder: name a file in it.");
        var folder = Path.GetDirectoryName(whole)!;
        if (!Directory.Exists(folder))
            throw new ToolException($"{target} cannot be written: there is no folder {folder}. Make it first.");
        var draft = Path.Combine(folder, $".{Guid.NewGuid():n}.{Path.GetFileName(whole)}");
        try
        {
            File.Create(draft).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{target} cannot be written: {error.Message.Replace(draft, whole, StringComparison.Ordinal)}");
        }

        _files.Add((draft, target));
        return draft;
    }

    /// <summary>Writes a text in UTF-8.</summary>
    public void Write(string target, string text) => File.WriteAllText(For(target), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>Gives all files their names.</summary>
    public void Commit()
    {
        foreach (var (draft, target) in _files)
            File.Move(draft, target, overwrite: true);
    }

    /// <summary>Deletes what was not committed.</summary>
    public void Dispose()
    {
        foreach (var (draft, _) in _files)
            File.Delete(draft);
    }
}
