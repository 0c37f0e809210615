using System.Reflection;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.PictureTests;

/// <summary>What is drawn by the pictures' library, though its type is of the one below, which does not know that library.</summary>
public sealed class ValueOfACellTests
{
    private static readonly Sequential Model = new([new LSTM(2, inputShape: [3, 1])]);

    public static TheoryData<Type> Drawn => [typeof(History), typeof(Recording)];

    [Theory]
    [MemberData(nameof(Drawn))]
    public void Shows_as_a_picture(Type type)
    {
        var shown = Show(Source(type), ValueOf(type));
        Assert.Equal(["text/html", "text/plain"], shown.Keys, StringComparer.Ordinal);
        Assert.Contains("<img", shown["text/html"], StringComparison.Ordinal);
        Assert.Contains(type == typeof(History) ? "loss" : "forget gate f", shown["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void Prints_where_the_pictures_are_not_at_hand()
    {
        var attribute = new Views.TypeFormatterSourceAttribute("Unroll.Pictures.Looks.HistoryFormatters, Unroll.Elsewhere");
        Assert.Equal($"<pre>{ValueOf(typeof(History))}</pre>", Show(attribute.FormatterSourceType, ValueOf(typeof(History)))["text/html"]);
    }

    private static object ValueOf(Type type)
    {
        if (type == typeof(Recording))
            return ((LSTM)Model.Layers[0]).Trace(Tensor.Ones(1, 3, 1));
        var history = new History();
        history.Add(0, new Dictionary<string, float>(StringComparer.Ordinal) { ["loss"] = 3 });
        return history;
    }

    /// <summary>By its name alone, as hosts read it.</summary>
    private static Type Source(Type type)
    {
        var attribute = type.GetCustomAttributes().Single(one => one.GetType().Name == "TypeFormatterSourceAttribute");
        return (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
    }

    private static Dictionary<string, string> Show(Type source, object value)
    {
        var formatters = (IEnumerable<object>)source.GetMethod("CreateTypeFormatters")!.Invoke(null, null)!;
        return formatters.Cast<Views.Formatter>().ToDictionary(
            formatter => formatter.MimeType,
            formatter =>
            {
                using var text = new StringWriter();
                formatter.Format(value, text);
                return text.ToString();
            },
            StringComparer.Ordinal);
    }
}
