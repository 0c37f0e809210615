using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>
/// A part of a Plotly figure: a typed view of its JSON. Attributes that have no property here are kept, and can be read and
/// set by name: <c>trace["hovertemplate"] = "%{y}"</c>. The names are those of Plotly's reference,
/// https://plotly.com/javascript/reference/.
/// </summary>
public abstract class PlotlyObject
{
    private protected PlotlyObject(JsonObject? json = null) => Json = json ?? [];

    /// <summary>The JSON behind the properties.</summary>
    internal JsonObject Json { get; private protected set; }

    /// <summary>Any attribute, as JSON; null where it is not set. Setting null takes the attribute away.</summary>
    public JsonNode? this[string attribute]
    {
        get => Json[attribute];
        set
        {
            if (value is null) Json.Remove(attribute);
            else Json[attribute] = value.Parent is null ? value : value.DeepClone();
        }
    }

    /// <summary>The JSON's text.</summary>
    public string ToJson() => PlotlyJson.Text(Json);

    /// <summary>The JSON's text.</summary>
    public override string ToString() => ToJson();

    private protected string? Text([CallerMemberName] string attribute = "") =>
        Json[attribute] is JsonValue value ? PlotlyJson.Word(value) : null;

    private protected double? Number([CallerMemberName] string attribute = "") =>
        Json[attribute] is JsonValue value ? PlotlyJson.Number(value) : null;

    private protected int? Whole([CallerMemberName] string attribute = "") => Number(attribute) is { } number ? (int)number : null;

    private protected bool? Flag([CallerMemberName] string attribute = "") =>
        Json[attribute] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    private protected IReadOnlyList<object?>? List([CallerMemberName] string attribute = "") =>
        Json[attribute] is JsonArray array ? [.. array.Select(PlotlyJson.Value)] : null;

    /// <summary>A part of this object: a view of the same JSON, so that a change of it is a change here.</summary>
    private protected T? Part<T>(Func<JsonObject, T> view, [CallerMemberName] string attribute = "")
        where T : PlotlyObject => Json[attribute] is JsonObject part ? view(part) : null;

    private protected void Set(object? value, [CallerMemberName] string attribute = "") => this[attribute] = PlotlyJson.Node(value);
}
