using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.Session.Language;

namespace Unroll.Notebooks.Session.Values;

/// <summary>Makes the command of a line that a cell has added: its parameters are the command's properties, as JSON has them.</summary>
internal static class OwnCommandReader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The command.</summary>
    /// <param name="own">The line.</param>
    /// <param name="info">What may follow its name.</param>
    /// <param name="step">Where a cell has it.</param>
    /// <param name="values">Finds values of other languages, files and answers.</param>
    /// <exception cref="DirectiveException">What follows the name is not understood.</exception>
    public static KernelCommand Read(OwnDirective own, CommandInfo info, CommandStep step, ValueDirectives values)
    {
        var options = DirectiveOptions.Read(own.Directive.Name, step.Arguments, info.Options, step.Line);
        if (own.Command == typeof(DirectiveCommand))
            return new DirectiveCommand();
        var properties = new JsonObject();
        foreach (var option in info.Options.Where(option => options.Has(option.Name)))
        {
            var name = option.Name.Replace("-", "", StringComparison.Ordinal);
            properties[name] = option.IsFlag ? true : Value(own.Command, name, values.Text(options, option.Name, step.Line)!);
        }

        try
        {
            return (KernelCommand)properties.Deserialize(own.Command, Json)!;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new DirectiveException($"{own.Directive.Name} cannot be made into {own.Command.Name}: {error.Message.Split(" Path:")[0]}", step.Line);
        }
    }

    /// <summary>A text for a property that is one; for others what the text says in JSON, where it does.</summary>
    private static JsonNode? Value(Type command, string name, string text)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        if (command.GetProperty(name, Public)?.PropertyType == typeof(string))
            return text;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
