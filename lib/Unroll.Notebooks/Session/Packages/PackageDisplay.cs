using System.Diagnostics;
using System.Globalization;
using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>
/// Shows how a restore goes, in one place of the output. What stays in the notebook is the same whether the packages came
/// from the sources or were there already.
/// </summary>
internal sealed class PackageDisplay(IReadOnlyList<PackageRequest> packages, Action<SessionEvent> publish)
{
    private readonly string _id = Guid.NewGuid().ToString("n");
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private bool _isShown;

    /// <summary>Whether the host needs them: then the person is told once, and the notebook shows nothing.</summary>
    public bool IsForHost { get; init; }

    /// <summary>The restore is still running.</summary>
    public void ShowProgress()
    {
        if (IsForHost && !_isShown)
            SessionOutput.Tell($"{Names} is being fetched, once on this machine");
        Show(string.Create(CultureInfo.InvariantCulture, $"Restoring {Names} … {_watch.Elapsed.TotalSeconds:0.0} s"), []);
    }

    /// <summary>The restore has ended well.</summary>
    public void ShowResult(PackageSet set, IReadOnlyList<string> remarks)
    {
        var got = packages.Select(package => set.Find(package.Name)?.ToString() ?? package.ToString());
        Show($"Packages: {string.Join("; ", got)}", remarks);
    }

    /// <summary>The restore failed; the error follows.</summary>
    public void ShowFailure() => Show($"Not restored: {Names}", []);

    private string Names => string.Join("; ", packages);

    private void Show(string text, IReadOnlyList<string> remarks)
    {
        var wasShown = _isShown;
        _isShown = true;
        if (IsForHost)
            return;
        string[] lines = [text, .. remarks];
        var data = new MimeBundle
        {
            [MimeBundle.Html] = string.Concat(lines.Select(line => $"<div>{HtmlText.Encode(line)}</div>")),
            [MimeBundle.Plain] = string.Join('\n', lines),
        };
        publish(wasShown ? new DisplayUpdated(data, _id) : new Displayed(data, _id));
    }
}
