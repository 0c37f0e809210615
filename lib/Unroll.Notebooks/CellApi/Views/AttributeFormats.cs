using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>
/// The formatters a type brings itself: any attribute whose simple name is TypeFormatterSourceAttribute names a source,
/// and the source creates them. Names alone decide, so that a library needs no reference to any notebook package.
/// </summary>
internal sealed class AttributeFormats
{
    private const string AttributeName = "TypeFormatterSourceAttribute";
    private static readonly ConcurrentDictionary<Type, AttributeFormats?> Known = new();

    private readonly List<(string MimeType, Type? Type, Func<object, TextWriter, bool> Format)> _formatters = [];

    private AttributeFormats(IReadOnlyList<string> preferred) => PreferredMimeTypes = preferred;

    /// <summary>The MIME types the type wants to be sent as; text/html where it names none.</summary>
    public IReadOnlyList<string> PreferredMimeTypes { get; }

    /// <summary>The formatters of <paramref name="type"/>, or null where it has none.</summary>
    public static AttributeFormats? Of(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>
    /// The text of <paramref name="instance"/> as <paramref name="mimeType"/>, or null where none is made.
    /// </summary>
    public string? Format(object instance, string mimeType)
    {
        foreach (var (offered, type, format) in _formatters)
        {
            if (offered != mimeType || type?.IsInstanceOfType(instance) == false)
                continue;
            using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
            if (format(instance, writer))
                return writer.ToString();
        }

        return null;
    }

    /// <summary>
    /// The attribute is found by its name alone, so it may be anybody's, of another shape, or of an assembly that is not
    /// here: then the value is shown as any other, and the person who runs the notebook is told why.
    /// </summary>
    private static AttributeFormats? Find(Type type)
    {
        try
        {
            var attribute = Attribute.GetCustomAttributes(type, inherit: true)
                .FirstOrDefault(found => string.Equals(found.GetType().Name, AttributeName, StringComparison.Ordinal));
            return attribute is null ? null : Read(type, attribute);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            var reason = error is UnreadableException ? error.Message : $"{error.GetType().Name}: {error.Message}";
            SessionOutput.Tell($"{TypeNames.Of(type)} asks for a formatter of its own, which is passed over: {reason}");
            return null;
        }
    }

    private static AttributeFormats Read(Type type, Attribute attribute)
    {
        if (Property(attribute, "FormatterSourceType") is not Type sourceType)
            throw new UnreadableException("its attribute has no property FormatterSourceType that holds a type");
        var preferred = Property(attribute, "PreferredMimeTypes") as string[];
        var formats = new AttributeFormats(preferred is { Length: > 0 } ? preferred : [MimeBundle.Html]);
        var source = Activator.CreateInstance(sourceType, nonPublic: true)
            ?? throw new UnreadableException($"{sourceType.Name} cannot be created");
        var create = sourceType.GetMethod("CreateTypeFormatters", Type.EmptyTypes);
        if (create is null || Invoke(create, source) is not IEnumerable created)
            throw new UnreadableException($"{sourceType.Name} has no public CreateTypeFormatters() that returns a sequence");
        foreach (var item in created)
            formats.Add(item);
        return formats;
    }

    private void Add(object item)
    {
        if (Property(item, "MimeType") is not string mimeType)
            throw new UnreadableException($"{item.GetType().Name} has no public string MimeType");
        if (item is ITypeFormatter known)
        {
            _formatters.Add((mimeType, known.Type, (instance, writer) => known.Format(instance, new FormatContext(writer))));
            return;
        }

        var format = item.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]);
        if (format?.ReturnType != typeof(bool))
            throw new UnreadableException($"{item.GetType().Name} has no public bool Format(object, TextWriter)");
        _formatters.Add((
            mimeType, Property(item, "Type") as Type, (instance, writer) => Invoke(format, item, instance, writer) is true));
    }

    private static object? Property(object owner, string name) => owner.GetType().GetProperty(name)?.GetValue(owner);

    /// <summary>What the formatter throws is what the cell sees, with no wrapper around it.</summary>
    private static object? Invoke(MethodInfo method, object target, params object[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, CultureInfo.InvariantCulture);

    /// <summary>A member that is expected is not there.</summary>
    private sealed class UnreadableException(string message) : Exception(message);
}
