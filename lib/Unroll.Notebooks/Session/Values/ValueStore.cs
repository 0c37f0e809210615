using System.Collections.Concurrent;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session.Values;

/// <summary>What <c>#!value</c> keeps: texts, each of a kind.</summary>
internal sealed class ValueStore : IValueHolder
{
    private readonly List<string> _names = [];
    private readonly ConcurrentDictionary<string, SharedText> _texts = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<HeldValue> All
    {
        get
        {
            lock (_names)
                return [.. _names.Select(name => new HeldValue(name, typeof(string), _texts[name].Text))];
        }
    }

    /// <inheritdoc/>
    public SharedValue? Find(string name) => _texts.GetValueOrDefault(name);

    /// <summary>Keeps a text.</summary>
    public void Set(string name, SharedText text)
    {
        lock (_names)
        {
            if (!_texts.ContainsKey(name))
                _names.Add(name);
            _texts[name] = text;
        }
    }

    /// <summary>Keeps a text as it stands, and of any other object its JSON.</summary>
    public void Set(string name, object? value) => Set(name, value switch
    {
        string text => new SharedText(MimeBundle.Plain, text),
        _ => new SharedText(MimeBundle.Json, ValueRenderer.Render(value, [MimeBundle.Json])[MimeBundle.Json]),
    });
}
