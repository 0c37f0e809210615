using System.Collections;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>Generated source, compiled as a user's project would compile it: warnings are errors.</summary>
internal sealed class CompiledCode
{
    private readonly System.Reflection.Assembly _assembly;

    public CompiledCode(params IEnumerable<string> sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            $"generated-{Guid.NewGuid():N}",
            sources.Select(source => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp14))),
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        var complaints = result.Diagnostics.Where(one => one.Severity >= DiagnosticSeverity.Warning).ToArray();
        Assert.True(complaints.Length == 0, string.Join("\n", complaints.Take(5)) + "\n" + complaints.FirstOrDefault()?.Location.SourceTree);
        _assembly = System.Reflection.Assembly.Load(image.ToArray());
    }

    /// <summary>A new module of a class, in evaluation mode.</summary>
    public torch.nn.Module Make(string type)
    {
        var module = (torch.nn.Module)Activator.CreateInstance(_assembly.GetType(type, throwOnError: true)!)!;
        module.eval();
        return module;
    }

    /// <summary>The outputs, whatever tuple the class takes and gives.</summary>
    public static TorchTensor[] Forward(torch.nn.Module module, TorchTensor[] inputs)
    {
        var forward = module.GetType().GetMethod("forward")!;
        var argument = inputs.Length == 1 ? inputs[0] : Tuple(forward.GetParameters()[0].ParameterType, inputs);
        return forward.Invoke(module, [argument]) switch
        {
            TorchTensor one => [one],
            ITuple several => [.. Enumerable.Range(0, several.Length).Select(i => (TorchTensor)several[i]!)],
            var other => throw new InvalidOperationException($"forward gave {other}."),
        };
    }

    /// <summary>A ValueTuple of more than seven items has the rest in a tuple of its own.</summary>
    private static object Tuple(Type type, IEnumerable items)
    {
        var all = items.Cast<object>().ToArray();
        return all.Length <= 7
            ? Activator.CreateInstance(type, all)!
            : Activator.CreateInstance(type, [.. all[..7], Tuple(type.GetGenericArguments()[7], all[7..])])!;
    }
}
