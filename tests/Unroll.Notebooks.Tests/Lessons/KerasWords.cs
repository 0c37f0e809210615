using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>What of Keras a cell's C# uses, in Keras' own words: <c>new LSTM(1, inputShape: [3, 1])</c> is <c>LSTM input_shape</c>.</summary>
internal static partial class KerasWords
{
    private static readonly HashSet<string> Classes = new(StringComparer.Ordinal)
    {
        "Sequential", "Model", "Input", "LSTM", "LSTMCell", "StackedRNNCells", "RNN", "Bidirectional", "TimeDistributed", "Dense", "Conv1D",
        "MaxPooling1D", "Flatten", "Reshape",
    };

    private static readonly Dictionary<string, string> Calls = new(StringComparer.Ordinal)
    {
        ["Add"] = "add",
        ["Compile"] = "compile",
        ["Predict"] = "predict",
        ["PredictAll"] = "predict",
        ["Summary"] = "summary",
        ["GetWeights"] = "get_weights",
    };

    /// <summary>Arguments that only make printed names and tables equal to the source's, which the prose says.</summary>
    private static readonly HashSet<string> Departures = new(StringComparer.Ordinal) { "name", "format" };

    public static IReadOnlyList<string> Of(string code)
    {
        var root = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();
        var found = root.DescendantNodes().Select(Found).OfType<(int At, string Word)>();
        return [.. found.OrderBy(one => one.At).Select(one => one.Word)];
    }

    private static (int At, string Word)? Found(SyntaxNode node) => node switch
    {
        ObjectCreationExpressionSyntax made when Classes.Contains(made.Type.ToString()) =>
            (made.Type.SpanStart, Word(made.Type.ToString(), made.ArgumentList)),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } call
            when Calls.TryGetValue(name.Identifier.Text, out var word) => (name.SpanStart, Word(word, call.ArgumentList)),
        _ => null,
    };

    private static string Word(string name, ArgumentListSyntax? arguments)
    {
        var names = arguments?.Arguments.Select(argument => argument.NameColon?.Name.Identifier.Text).OfType<string>() ?? [];
        return string.Join(' ', [name, .. names.Where(word => !Departures.Contains(word)).Select(Snake).Order(StringComparer.Ordinal)]);
    }

    private static string Snake(string camel) => Capital().Replace(camel, match => $"_{match.Value.ToLowerInvariant()}");

    [GeneratedRegex("[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Capital();
}
