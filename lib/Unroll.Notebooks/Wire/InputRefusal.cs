namespace Unroll.Notebooks.Wire;

/// <summary>What to say where a cell asks for input and nobody is there to type it.</summary>
internal static class InputRefusal
{
    /// <summary>Names what was asked for, and how a run can give it.</summary>
    public static string Of(string prompt, IReadOnlyList<string> names)
    {
        const string Otherwise = "put the value into the cell, or tag the cell skip-execution";
        if (prompt.Length == 0 && names.Count == 0)
        {
            return "Console input is not there: the notebook runs without a person. Put the value into the cell, or tag the "
                + "cell skip-execution.";
        }

        var name = names.Count > 0 ? names[0] : prompt;
        var written = name.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.') ? $"{name}=VALUE" : $"\"{name}=VALUE\"";
        return $"\"{(prompt.Length > 0 ? prompt : name)}\" is asked for, and the notebook runs without a person: give the answer with "
            + $"run --input {written}, {Otherwise}.";
    }
}
