using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Notebooks.Documents.Parameters;

/// <summary>A value that a run gives to a notebook: <c>epochs=5</c>.</summary>
internal sealed record RunParameter(string Name, string Text)
{
    /// <summary>Reads <c>name=value</c>, or says what is wrong with it.</summary>
    public static bool TryParse(string text, out RunParameter parameter, out string fault)
    {
        var (name, value) = text.Split('=', 2) is [var left, var right] ? (left.Trim(), right) : (text, null);
        parameter = new RunParameter(name, value ?? "");
        fault = "";
        if (value is null)
            fault = $"--parameters needs NAME=VALUE; got \"{text}\"";
        else if (!IsName(name))
            fault = $"--parameters gives a C# variable its value, and \"{name}\" is not a name of one";
        else
            fault = FaultOf(parameter);
        return fault.Length == 0;
    }

    /// <summary>Reads what <see cref="TryParse"/> has found well.</summary>
    /// <exception cref="FormatException">It is not a parameter.</exception>
    public static RunParameter Parse(string text) =>
        TryParse(text, out var parameter, out var fault) ? parameter : throw new FormatException(fault);

    /// <summary>
    /// Scripts have <c>await</c> as a keyword at top level, though C# at large lets variables have that name.
    /// </summary>
    private static bool IsName(string name) =>
        SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && name != "await";

    private static string FaultOf(RunParameter parameter)
    {
        try
        {
            _ = ParameterValue.Read(parameter.Text);
            return "";
        }
        catch (FormatException error)
        {
            return $"--parameters {parameter.Name}: {error.Message}";
        }
    }
}
