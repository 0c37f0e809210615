using System.Runtime.InteropServices;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session.Language;

/// <summary>The commands that show something about the session.</summary>
internal static class InfoCommands
{
    private const int LongestValue = 200;

    /// <summary>What a command that was checked shows.</summary>
    public static MimeBundle Run(CommandStep step, ScriptChain scripts) => CommandList.Find(step.Name)?.Name switch
    {
        "who" => MimeBundle.OfText(string.Join('\t', scripts.Variables.Select(variable => variable.Name))),
        "whos" => TextTable.Write(
            ["Variable", "Type", "Value"],
            [.. scripts.Variables.Select(variable => new[] { variable.Name, TypeNames.Of(variable.Type), Short(variable.Value) })]),
        "lsmagic" => TextTable.Write(
            ["Directive", "What it does"], [.. CommandList.All.Select(each => new[] { each.Directive, each.Help })]),
        "about" => TextTable.Write(["", ""],
        [
            ["Host", $"Unroll {typeof(InfoCommands).Assembly.GetName().Version?.ToString(3)}"],
            ["Language", "C# 14, as scripts"],
            ["Runtime", RuntimeInformation.FrameworkDescription],
            ["System", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})"],
        ]),
        _ => throw new NotSupportedException($"#!{step.Name} shows nothing."),
    };

    /// <summary>One value that cannot be shown must not hide the others.</summary>
    private static string Short(object? value)
    {
        string text;
        try
        {
            text = ValueRenderer.Render(value, [MimeBundle.Plain])[MimeBundle.Plain].ReplaceLineEndings(" ");
        }
        catch (Exception error)
        {
            text = $"<{error.GetType().Name}: {error.Message}>";
        }

        return text.Length <= LongestValue ? text : $"{text.AsSpan(0, LongestValue)}…";
    }
}
