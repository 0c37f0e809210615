using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Something that came of a command.</summary>
public abstract class KernelEvent
{
    private protected KernelEvent(KernelCommand command) => Command = command;

    /// <summary>The command.</summary>
    public KernelCommand Command { get; }
}

/// <summary>It was done.</summary>
public sealed class CommandSucceeded : KernelEvent
{
    internal CommandSucceeded(KernelCommand command)
        : base(command)
    {
    }
}

/// <summary>It was not done, or not to its end.</summary>
public sealed class CommandFailed : KernelEvent
{
    internal CommandFailed(string message, KernelCommand command)
        : base(command) => Message = message;

    /// <summary>Why.</summary>
    public string Message { get; }
}

/// <summary>An error of the code.</summary>
public sealed class ErrorProduced : KernelEvent
{
    internal ErrorProduced(string message, KernelCommand command)
        : base(command) => Message = message;

    /// <summary>What went wrong.</summary>
    public string Message { get; }
}

/// <summary>Something was shown.</summary>
public abstract class DisplayEvent : KernelEvent
{
    private protected DisplayEvent(object? value, KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues, string? valueId)
        : base(command) => (Value, FormattedValues, ValueId) = (value, formattedValues, valueId);

    /// <summary>The value; the text where it was shown as one.</summary>
    public object? Value { get; }

    /// <summary>Its views.</summary>
    public IReadOnlyCollection<FormattedValue> FormattedValues { get; }

    /// <summary>What the page knows it by, or null.</summary>
    public string? ValueId { get; }
}

/// <summary>A value was displayed.</summary>
public sealed class DisplayedValueProduced : DisplayEvent
{
    internal DisplayedValueProduced(object? value, KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues, string? valueId)
        : base(value, command, formattedValues, valueId)
    {
    }
}

/// <summary>A value that was displayed was replaced.</summary>
public sealed class DisplayedValueUpdated : DisplayEvent
{
    internal DisplayedValueUpdated(object? value, KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues, string? valueId)
        : base(value, command, formattedValues, valueId)
    {
    }
}

/// <summary>The code ended in a value.</summary>
public sealed class ReturnValueProduced : DisplayEvent
{
    internal ReturnValueProduced(object? value, KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues)
        : base(value, command, formattedValues, valueId: null)
    {
    }
}

/// <summary>The code wrote to standard output.</summary>
public sealed class StandardOutputValueProduced : DisplayEvent
{
    internal StandardOutputValueProduced(KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues)
        : base(formattedValues.First().Value, command, formattedValues, valueId: null)
    {
    }
}

/// <summary>The code wrote to standard error.</summary>
public sealed class StandardErrorValueProduced : DisplayEvent
{
    internal StandardErrorValueProduced(KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues)
        : base(formattedValues.First().Value, command, formattedValues, valueId: null)
    {
    }
}

/// <summary>The value of a variable.</summary>
public sealed class ValueProduced : KernelEvent
{
    internal ValueProduced(object? value, string name, FormattedValue formattedValue, KernelCommand command)
        : base(command) => (Value, Name, FormattedValue) = (value, name, formattedValue);

    /// <summary>The value.</summary>
    public object? Value { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The value as a text.</summary>
    public FormattedValue FormattedValue { get; }
}

/// <summary>The names of the variables.</summary>
public sealed class ValueInfosProduced : KernelEvent
{
    internal ValueInfosProduced(IReadOnlyCollection<KernelValueInfo> valueInfos, KernelCommand command)
        : base(command) => ValueInfos = valueInfos;

    /// <summary>The variables.</summary>
    public IReadOnlyCollection<KernelValueInfo> ValueInfos { get; }
}

/// <summary>A variable.</summary>
public sealed class KernelValueInfo
{
    internal KernelValueInfo(string name, Type type, FormattedValue formattedValue) =>
        (Name, Type, FormattedValue) = (name, type, formattedValue);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public Type Type { get; }

    /// <summary>The name of its type.</summary>
    public string TypeName => Type.ToDisplayString();

    /// <summary>Its value as a text.</summary>
    public FormattedValue FormattedValue { get; }
}

/// <summary>What a person has typed.</summary>
public sealed class InputProduced : KernelEvent
{
    internal InputProduced(string value, KernelCommand command)
        : base(command) => Value = value;

    /// <summary>The line.</summary>
    public string Value { get; }
}
