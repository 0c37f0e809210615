namespace Microsoft.DotNet.Interactive;

/// <summary>A text that a person typed in secret: it shows as stars wherever it is printed or displayed.</summary>
/// <param name="clearTextPassword">The text.</param>
public sealed class PasswordString(string clearTextPassword)
{
    /// <summary>The text itself.</summary>
    public string GetClearTextPassword() => clearTextPassword;

    /// <summary>Stars, as many for every text.</summary>
    public override string ToString() => "************";
}
