namespace Unroll.Notebooks.Session.Language;

/// <summary>What a line <c>#!name --option value</c> says after its name.</summary>
internal sealed class DirectiveOptions
{
    private readonly Dictionary<string, OptionText> _values = new(StringComparer.Ordinal);

    private DirectiveOptions()
    {
    }

    /// <summary>The value of an option, or null where it was not given.</summary>
    public OptionText? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Whether the option was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Reads what stands after <paramref name="command"/>.</summary>
    /// <exception cref="DirectiveException">An option is unknown, missing, given twice, or has no value.</exception>
    public static DirectiveOptions Read(string command, string arguments, IReadOnlyList<OptionInfo> known, int line)
    {
        var options = new DirectiveOptions();
        var reader = new OptionReader(arguments);
        while (reader.HasMore)
        {
            var option = Next(reader, out var value);
            if (!options._values.TryAdd(option.Name, value))
                throw new DirectiveException($"{command} has {option.Name} twice.", line);
        }

        if (known.FirstOrDefault(option => option.IsRequired && !options.Has(option.Name)) is { } missing)
            throw new DirectiveException($"{command} needs {missing.Name}: {Usage(command, known)}.", line);
        return options;

        OptionInfo Next(OptionReader reader, out OptionText value)
        {
            if (reader.ReadName() is not { } name)
            {
                value = reader.ReadValue()!;
                return known.FirstOrDefault(each => each.MayBeBare)
                    ?? throw new DirectiveException($"{command} does not take \"{value.Text}\": {Usage(command, known)}.", line);
            }

            var option = known.FirstOrDefault(each => each.Name == name)
                ?? throw new DirectiveException($"{command} has no option {name}: {Usage(command, known)}.", line);
            value = option.IsFlag
                ? new OptionText("", Source: null)
                : reader.ReadValue() ?? throw new DirectiveException($"{command} {name} has no value: {Usage(command, known)}.", line);
            return option;
        }
    }

    /// <summary>How the command is written: <c>#!set --name … [--byref]</c>.</summary>
    public static string Usage(string command, IReadOnlyList<OptionInfo> known)
    {
        if (known.Count == 0)
            return $"{command} takes no options";
        return $"write {string.Join(' ', [command, .. known.Select(Written)])}";
    }

    private static string Written(OptionInfo option)
    {
        var written = (option.IsFlag, option.MayBeBare) switch
        {
            (true, _) => option.Name,
            (_, true) => $"[{option.Name}] …",
            _ => $"{option.Name} …",
        };
        return option.IsRequired || option.MayBeBare ? written : $"[{written}]";
    }
}
