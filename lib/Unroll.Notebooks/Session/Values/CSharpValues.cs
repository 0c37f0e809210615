using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Notebooks.Session.Values;

/// <summary>The variables of C# cells.</summary>
internal sealed class CSharpValues(ScriptChain scripts, InterruptibleRun run, CancellationToken interruption) : IValueHolder
{
    /// <inheritdoc/>
    public IEnumerable<HeldValue> All => scripts.Variables.Select(each => new HeldValue(each.Name, each.Type, each.Value));

    /// <inheritdoc/>
    public SharedValue? Find(string name) =>
        scripts.Variables.FirstOrDefault(each => each.Name == name) is { } found ? new SharedObject(found.Value) : null;

    /// <inheritdoc/>
    public void Set(string name, object? value)
    {
        if (!SyntaxFacts.IsValidIdentifier(name))
            throw new NotSupportedException($"\"{name}\" is not a name of a C# variable");
        scripts.Declare(name, value, run, interruption);
    }
}
