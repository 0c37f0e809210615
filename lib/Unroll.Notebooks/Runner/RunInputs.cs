using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Runner;

/// <summary>The answers that a run has for what the cells of one notebook ask for.</summary>
internal sealed class RunInputs
{
    private readonly Dictionary<string, string> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of two answers of one name the last holds.</summary>
    public RunInputs(IEnumerable<KeyValuePair<string, string>> answers)
    {
        foreach (var (name, answer) in answers)
            _answers[name] = answer;
    }

    /// <summary>Whether there are any.</summary>
    public bool HasAny => _answers.Count > 0;

    /// <summary>The names of those that nothing has asked for.</summary>
    public IEnumerable<string> Unused => _answers.Keys.Where(name => !_used.Contains(name));

    /// <summary>The answer to a question, found by one of its names or by its prompt; else why there is none.</summary>
    public GiveInput Answer(InputRequested asked)
    {
        foreach (var name in (string[])[.. asked.Names, asked.Prompt])
        {
            if (!_answers.TryGetValue(name, out var answer))
                continue;
            _used.Add(name);
            return new GiveInput(answer, Refusal: null);
        }

        return new GiveInput(Text: null, InputRefusal.Of(asked.Prompt, asked.Names));
    }
}
