using System.Text;
using Unroll.TorchSharp.Plans;

namespace Unroll.TorchSharp.Source;

/// <summary>A plan as the C# source of a class.</summary>
internal static class ModuleSource
{
    /// <summary>Zeros around time, the last axis, so that a window begins at every stride.</summary>
    private const string PadSame =
        """

            private static Tensor PadSame(Tensor x, long span, long stride, double value)
            {
                var length = x.size(2);
                var total = System.Math.Max(0, (length - 1) / stride * stride + span - length);
                return nn.functional.pad(x, (total / 2, (total + 1) / 2), value: value);
            }

        """;

    public static string Write(Plan plan, string? className, string? namespaceName)
    {
        if (plan.Parts.FirstOrDefault(part => part.Construction is null) is { } part)
        {
            throw new NotSupportedException(
                $"{part.Layer.Name} ({part.Layer.GetType().Name}): its conversion is registered without code, so ToTorchSharpCode cannot write it. " +
                "Give Register the code argument.");
        }

        var name = Identifier(className ?? Pascal(plan.Name), nameof(className));
        var code = new StringBuilder("using TorchSharp;\nusing TorchSharp.Modules;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\n\n");
        if (namespaceName is not null)
            code.Append($"namespace {string.Join('.', namespaceName.Split('.').Select(word => Identifier(word, nameof(namespaceName))))};\n\n");
        var (inputs, outputs) = (Types(plan.Inputs.Count), Types(plan.Outputs.Count));
        code.Append($"/// <summary>{Comment(plan)}</summary>\npublic sealed class {name} : Module<{inputs}, {outputs}>\n{{\n");
        foreach (var one in plan.Parts)
            code.Append($"    private readonly {one.Type} {one.Name} = {one.Construction};\n");
        foreach (var state in plan.States)
            code.Append($"    private (Tensor, Tensor)? {state.Name};\n");
        if (plan.Parts.Count > 0 || plan.States.Count > 0)
            code.Append('\n');
        WriteConstructor(code, plan, name);
        WriteForward(code, plan, inputs, outputs);
        if (plan.States.Count > 0)
            WriteStates(code, plan);
        if (code.ToString().Contains("PadSame(", StringComparison.Ordinal))
            code.Append(PadSame.ReplaceLineEndings("\n"));
        return code.Append("}\n").ToString();
    }

    private static void WriteConstructor(StringBuilder code, Plan plan, string name)
    {
        var text = plan.Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        code.Append($"    public {name}()\n        : base(\"{text}\")\n    {{\n        RegisterComponents();\n");
        if (plan.Weights.Any(weight => weight.AddedKey is not null))
        {
            var whole = plan.Parts.Where(part => part.Weights.Any(weight => weight.Row is not null)).Select(part => $" || key.StartsWith(\"{part.Name}.\")");
            code.Append(
                """

                        // The weights are Keras': one bias, where torch adds two. The second stays zero, in training too.
                        foreach (var (key, parameter) in named_parameters())
                        {
                            if (!key.Contains(".bias_hh")WHOLE)
                                continue;
                            init.zeros_(parameter);
                            parameter.requires_grad = false;
                        }

                """.Replace("WHOLE", string.Concat(whole), StringComparison.Ordinal).ReplaceLineEndings("\n"));
        }

        code.Append("    }\n\n");
    }

    private static void WriteForward(StringBuilder code, Plan plan, string inputs, string outputs)
    {
        var names = new LocalNames(plan);
        var list = plan.Inputs.Select(input => names.Of(input.Value)).ToArray();
        code.Append($"    public override {outputs} forward({inputs} {(list.Length == 1 ? list[0] : "inputs")})\n");
        code.Append("    {\n        using var scope = NewDisposeScope();\n");
        if (list.Length != 1)
            code.Append($"        var ({string.Join(", ", list)}) = inputs;\n");
        var used = plan.Steps.SelectMany(step => step.Inputs).Concat(plan.Outputs).ToHashSet();
        foreach (var step in plan.Steps)
        {
            var text = step.Code([.. step.Inputs.Select(names.Of)]);
            var made = step.Outputs.Select(output => used.Any(one => one.Place == output.Place) ? names.Of(output) : "_").ToArray();
            code.Append(made.Length switch
            {
                0 => $"        {text}\n",
                1 => $"        var {made[0]} = {text};\n",
                _ => $"        var ({string.Join(", ", made)}) = {text};\n",
            });
        }

        var results = plan.Outputs.Select(output => $"{names.Of(output)}.MoveToOuterDisposeScope()").ToArray();
        code.Append($"        return {(results.Length == 1 ? results[0] : $"({string.Join(", ", results)})")};\n    }}\n");
    }

    private static void WriteStates(StringBuilder code, Plan plan)
    {
        code.Append("\n    /// <summary>Forgets what was kept from the last batch.</summary>\n    public void ResetStates()\n    {\n");
        foreach (var state in plan.States)
            code.Append($"        {state.Name}?.Item1.Dispose();\n        {state.Name}?.Item2.Dispose();\n        {state.Name} = null;\n");
        code.Append(
            """
                }

                private static void Keep(ref (Tensor, Tensor)? kept, Tensor h, Tensor c)
                {
                    kept?.Item1.Dispose();
                    kept?.Item2.Dispose();
                    kept = (h.detach().DetachFromDisposeScope(), c.detach().DetachFromDisposeScope());
                }

            """.ReplaceLineEndings("\n"));
    }

    private static string Types(int count) => count == 1 ? "Tensor" : $"({string.Join(", ", Enumerable.Repeat("Tensor", count))})";

    private static string Comment(Plan plan) =>
        $"The network {plan.Name.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)}. " +
        (plan.TrainingRefusals.Count == 0 ? "Call eval() before it predicts." : "It predicts only: call eval().");

    private static string Pascal(string name)
    {
        var words = PlanNames.Identifier(name).Split('_', StringSplitOptions.RemoveEmptyEntries);
        var pascal = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return pascal.Length == 0 || char.IsAsciiDigit(pascal[0]) ? "Network" : pascal;
    }

    private static string Identifier(string word, string argument) => word == PlanNames.Identifier(word)
        ? word
        : throw new ArgumentException($"\"{word}\" is not a C# identifier of letters, digits and underlines.", argument);
}
