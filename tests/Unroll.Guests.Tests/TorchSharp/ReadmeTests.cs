using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Guests.Tests.Support;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>What the README shows of TorchSharp compiles and runs, one example after the other.</summary>
[Collection("engine")]
public class ReadmeTests
{
    [Fact]
    public void The_examples_run()
    {
        Libtorch.Need();
        using var folder = new TempFolder();
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var section = readme.Split("\n## TorchSharp\n")[1].Split("\n## ")[0];
        string[] blocks = [.. Blocks(readme).Take(1), .. Blocks(section)];
        Assert.Equal(5, blocks.Length);
        var lines = string.Join('\n', blocks).Split('\n').ToLookup(line => line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("using var", StringComparison.Ordinal));
        var program = string.Join('\n', lines[true].Prepend("using System;\nusing System.IO;").Concat(lines[false]))
            .Replace("\"Network.cs\"", Literal(folder["Network.cs"]), StringComparison.Ordinal)
            .Replace("\"weights.dat\"", Literal(folder["weights.dat"]), StringComparison.Ordinal);
        try
        {
            Run(program);
        }
        finally
        {
            Backend.Engine = null;
        }

        using var network = new CompiledCode(File.ReadAllText(folder["Network.cs"])).Make("Network");
        network.load(folder["weights.dat"]);
    }

    private static void Run(string program)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "readme",
            [CSharpSyntaxTree.ParseText(program, new CSharpParseOptions(LanguageVersion.CSharp14))],
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error)));
        var main = System.Reflection.Assembly.Load(image.ToArray()).EntryPoint!;
        main.Invoke(null, [Array.Empty<string>()]);
    }

    private static IEnumerable<string> Blocks(string text) => text.Split("```csharp\n").Skip(1).Select(block => block.Split("```")[0]);

    private static string Literal(string path) => SymbolDisplay.FormatLiteral(path, quote: true);
}
