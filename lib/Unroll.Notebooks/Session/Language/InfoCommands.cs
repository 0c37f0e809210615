using System.Runtime.InteropServices;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Session.Values;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session.Language;

/// <summary>The commands that show something about the session.</summary>
internal static class InfoCommands
{
    private const int LongestValue = 200;

    /// <summary>What a command that was checked shows.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="values">Those of the language it stands in; null where that has none.</param>
    public static MimeBundle Run(string command, IValueHolder? values) => command switch
    {
        "who" => MimeBundle.OfText(string.Join('\t', (values?.All ?? []).Select(variable => variable.Name))),
        "whos" => TextTable.Write(
            ["Variable", "Type", "Value"],
            [.. (values?.All ?? []).Select(variable => new[] { variable.Name, TypeNames.Of(variable.Type), Short(variable.Value) })]),
        "lsmagic" => TextTable.Write(
            ["Directive", "What it does"], [.. CommandList.All.Select(each => new[] { each.Directive, each.Help })]),
        "about" => TextTable.Write(["", ""],
        [
            ["Host", $"Unroll {typeof(InfoCommands).Assembly.GetName().Version?.ToString(3)}"],
            ["Language", "C# 14, as scripts; F# 10 cells too"],
            ["Runtime", RuntimeInformation.FrameworkDescription],
            ["System", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})"],
        ]),
        _ => throw new NotSupportedException($"#!{command} shows nothing."),
    };

    /// <summary>What a command does, with its options.</summary>
    public static MimeBundle Help(CommandInfo command)
    {
        var options = command.Options.Select(option => new[] { option.Name, option.Help });
        return TextTable.Write(["", ""], [[$"#!{command.Name}", command.Help], .. options]);
    }

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
