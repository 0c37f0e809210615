namespace Unroll.Notebooks.Tests.Support;

/// <summary>A folder that goes when the test does.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>The full path, with links in it followed: that is what a process says its folder is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("unroll-").FullName;

    /// <summary>A path inside the folder.</summary>
    public string this[params ReadOnlySpan<string> parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
