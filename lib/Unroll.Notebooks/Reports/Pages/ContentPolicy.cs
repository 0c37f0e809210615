using System.Security.Cryptography;
using System.Text;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// What a browser lets a page do: nothing but show itself. It loads nothing, frames nothing, sends nothing, and runs the
/// scripts alone that were allowed by their hash.
/// </summary>
internal sealed class ContentPolicy
{
    private readonly List<string> _scripts = [];

    /// <summary>Lets the inline script <paramref name="code"/> run.</summary>
    public void Allow(string code)
    {
        var source = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(code)))}'";
        if (!_scripts.Contains(source, StringComparer.Ordinal))
            _scripts.Add(source);
    }

    /// <summary>Whether a script of <paramref name="type"/> is code: others are data that scripts read.</summary>
    public static bool IsCode(string? type) =>
        type is null or "" or "module" || type.Contains("javascript", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() =>
        $"default-src 'none'; img-src data:; font-src data:; media-src data:; style-src 'unsafe-inline'; "
        + $"script-src {(_scripts.Count == 0 ? "'none'" : string.Join(' ', _scripts))}; base-uri 'none'; form-action 'none'";
}
