using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>A program that predicts with a model, on a runtime that says that it has no dynamic code, as after Native AOT.</summary>
internal static class AheadOfTimeProgram
{
    private const string Source =
        """
        using System;
        using Unroll;
        using Unroll.Layers;
        using Unroll.Models;

        try
        {
            new Sequential([new Dense(1, inputShape: [2])]).Predict(Tensor.Ones(1, 2));
        }
        catch (Exception error)
        {
            Console.WriteLine($"{error.GetType().Name}: {error.Message}");
        }
        """;

    /// <summary>Writes the program with its libraries and returns its path.</summary>
    public static string Write(string folder)
    {
        foreach (var library in new[] { "Unroll.dll", "System.Numerics.Tensors.dll" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, library), Path.Combine(folder, library));
        var path = Path.Combine(folder, "program.dll");
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var result = CSharpCompilation.Create(
            "program",
            [CSharpSyntaxTree.ParseText(Source, new CSharpParseOptions(LanguageVersion.CSharp14))],
            references.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        File.WriteAllText(
            Path.ChangeExtension(path, "runtimeconfig.json"),
            $$"""
            {
              "runtimeOptions": {
                "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" },
                "configProperties": { "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported": false }
              }
            }
            """);
        return path;
    }
}
