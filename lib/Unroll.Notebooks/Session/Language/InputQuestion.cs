using System.Text.Json;
using Unroll.Notebooks.CellApi;

namespace Unroll.Notebooks.Session.Language;

/// <summary>
/// What a line <c>#!…</c> asks of the person: <c>@input</c>, <c>@input:name</c>, <c>@input:"Your name?"</c> or
/// <c>@input:{"prompt": "A file?", "type": "file", "saveAs": "the file"}</c>, and <c>@password</c> in the same forms.
/// </summary>
/// <param name="Prompt">What the person is asked.</param>
/// <param name="IsPassword">Whether what is typed stays hidden.</param>
/// <param name="Names">What a run can call the answer, the best name first.</param>
internal sealed record InputQuestion(string Prompt, bool IsPassword, IReadOnlyList<string> Names)
{
    private const string Input = "input";
    private const string Password = "password";

    /// <summary>The answers that a cell wants to reuse, as long as the session lives.</summary>
    private static readonly Dictionary<string, string> Kept = new(StringComparer.Ordinal);

    /// <summary>The name under which the answer is kept for the session, or null.</summary>
    public string? SaveAs { get; init; }

    /// <summary>Whether a person is asked for the value.</summary>
    public static bool IsAskedFor(OptionText option) => option.Source is Input or Password;

    /// <summary>Reads the question.</summary>
    /// <param name="option">The value of an option, for which a person is asked.</param>
    /// <param name="what">What the answer is for, such as the variable.</param>
    /// <param name="line">The line of the cell.</param>
    /// <exception cref="DirectiveException">Its JSON is not understood.</exception>
    public static InputQuestion Read(OptionText option, string what, int line)
    {
        var isPassword = option.Source == Password;
        if (!option.Text.StartsWith('{'))
            return Of(option.Text, isPassword, what, saveAs: null, type: null);
        try
        {
            using var json = JsonDocument.Parse(option.Text);
            var type = Text(json, "type");
            return Of(Text(json, "prompt") ?? "", isPassword || type == Password, what, Text(json, "saveAs"), type);
        }
        catch (JsonException error)
        {
            throw new DirectiveException(
                $"@{option.Source}:{option.Text} is not understood as JSON: {error.Message} Expected {{\"prompt\": \"…\", \"type\": \"text\"}}.", line);
        }
    }

    /// <summary>Asks.</summary>
    /// <exception cref="DirectiveException">Nobody is there, or nobody answers.</exception>
    public string Ask(int line)
    {
        if (SaveAs is { } name && Kept.TryGetValue(name, out var kept))
            return kept;
        try
        {
            var input = CellInput.Current ?? throw new NotSupportedException("Nobody can be asked here: no notebook session runs.");
            var answer = input.Ask(Prompt, IsPassword, [.. Names])
                ?? throw new NotSupportedException($"\"{Prompt}\" was not answered.");
            if (SaveAs is not null)
                Keep(SaveAs, answer);
            return answer;
        }
        catch (NotSupportedException error)
        {
            throw new DirectiveException(error.Message, line);
        }
    }

    private static void Keep(string name, string answer)
    {
        Kept[name] = answer;
        SessionOutput.Tell($"\"{name}\" is kept until the session ends, not longer: this host stores no answers on the machine.");
    }

    /// <summary>A prompt that is one word is a name too, and a better one than that of the variable.</summary>
    private static InputQuestion Of(string prompt, bool isPassword, string what, string? saveAs, string? type)
    {
        var asked = prompt.Length > 0 ? prompt : $"Please enter a value for {what}";
        string[] names = prompt.Length > 0 && !prompt.Contains(' ', StringComparison.Ordinal) ? [prompt, what] : [what, asked];
        var shown = type is null or "text" or Password ? asked : $"{asked} [{type}]";
        return new InputQuestion(shown, isPassword, [.. names, .. saveAs is null ? [] : (string[])[saveAs]]) { SaveAs = saveAs };
    }

    private static string? Text(JsonDocument json, string name)
    {
        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value.ToString();
        }

        return null;
    }
}
