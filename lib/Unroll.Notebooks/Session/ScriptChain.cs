using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.DotNet.Interactive;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Session.Packages;
using Unroll.Notebooks.Session.Values;

namespace Unroll.Notebooks.Session;

/// <summary>Compiles and runs pieces of C# one after the other, each seeing what the ones before declared.</summary>
internal sealed class ScriptChain : IDisposable
{
    /// <summary>What cells are made of; it is compiled, and never run.</summary>
    private const string Sample = """
        record Point(int X, string Name);
        int Twice(int n) => 2 * n;
        var points = new[] { 1, 2 }.Select(n => new Point(Twice(n), $"p{n}")).ToList();
        Console.WriteLine(points.Count);
        await Task.Yield();
        points
        """;

    private static readonly string[] Usings =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    /// <summary>What cells can say without a using of their own.</summary>
    public static IReadOnlyList<string> Imports { get; } = [.. Usings, typeof(Kernel).FullName!];

    private readonly bool _canBeInterrupted;
    private readonly List<MetadataReference> _libraries = [];
    private readonly List<MetadataReference> _pending = [];
    private ScriptState<object>? _state;
    private int _depth;

    /// <summary>Creates an empty chain.</summary>
    /// <param name="canBeInterrupted">Whether somebody may want to stop a cell and keep the variables.</param>
    public ScriptChain(bool canBeInterrupted)
    {
        _canBeInterrupted = canBeInterrupted;
        Loader.RegisterDependency(typeof(Kernel).Assembly);
    }

    /// <summary>Loads what the code refers to.</summary>
    public InteractiveAssemblyLoader Loader { get; } = new();

    /// <summary>The variables there are; of those that were declared twice, the last.</summary>
    public IEnumerable<ScriptVariable> Variables => (_state?.Variables ?? [])
        .GroupBy(variable => variable.Name, StringComparer.Ordinal)
        .Select(group => group.Last());

    /// <summary>Loads the compiler and runs an empty piece, so that the first real one does not wait for that.</summary>
    public void Start()
    {
        var options = BaseOptions
            .WithReferences(ScriptReferences.All)
            .WithMetadataResolver(new CellMetadataResolver(Directory.GetCurrentDirectory()));
        var script = CSharpScript.Create<object>("", options, globalsType: null, Loader);
        _state = script.RunAsync().GetAwaiter().GetResult();
    }

    /// <summary>Compiles what cells are made of, so that the first one comes sooner.</summary>
    /// <param name="isForPerson">Whether to complete a name too; a runner never asks for that, and it takes memory.</param>
    /// <param name="isWanted">Comes when there is something better to do.</param>
    public void WarmUp(bool isForPerson, CancellationToken isWanted)
    {
        try
        {
            _ = _state!.Script.ContinueWith<object>(Sample, Options("", [])).CreateDelegate(isWanted);
            if (!isForPerson)
                return;
            isWanted.ThrowIfCancellationRequested();
            const string Name = "Console.Wr";
            _ = CodeCompletion.Find(Model(Name), Name.Length).Items.Count();
        }
        catch (Exception) when (isWanted.IsCancellationRequested)
        {
            // The first cell is here. Roslyn may report that it was cancelled as an error of the code (CS1569).
        }
    }

    /// <summary>Runs <paramref name="code"/>; what it throws is in the result.</summary>
    /// <param name="name">What errors call it.</param>
    /// <param name="code">The code.</param>
    /// <param name="references">What it needs beside what earlier pieces needed.</param>
    /// <param name="run">Runs it so that it can be stopped.</param>
    /// <param name="interruption">Ends the waiting for the compiler.</param>
    /// <exception cref="CompilationErrorException">It does not compile.</exception>
    /// <exception cref="CompilerFaultException">The compiler failed.</exception>
    public ScriptResult Run(
        string name, string code, IReadOnlyList<MetadataReference> references, InterruptibleRun run, CancellationToken interruption)
    {
        _pending.AddRange(references);
        List<MetadataReference> included = [.. _pending];
        var options = Options(name, [.. included, .. _libraries]);
        Script<object>? compiled = null;
        CompilerThread.Run(() => compiled = Compile(code, options), interruption);
        var script = compiled!;

        // Variables that were set before an error stay set, as in every notebook.
        var before = _state!;
        _depth++;
        ScriptState<object> state;
        try
        {
            state = run.Run(() => script.RunFromAsync(before, catchException: _ => true));
        }
        finally
        {
            _depth--;
        }

        // What runs within this piece (Kernel.Root.SendAsync) starts from the state before it, and would be gone with its end.
        var within = _state!;
        _state = state;
        if (_depth == 0)
            _pending.RemoveAll(included.Contains);
        if (within != before)
            KeepVariables(within.Variables.Skip(before.Variables.Length), run, interruption);
        var hasValue = state.Exception is null && TrailingValue.IsPresent(script.GetCompilation());
        return new ScriptResult(state.Exception, hasValue, state.ReturnValue);
    }

    /// <summary>Declares a variable, as a cell would do it.</summary>
    public void Declare(string name, object? value, InterruptibleRun run, CancellationToken interruption)
    {
        var references = TypeInCSharp.Assemblies(value).Where(each => !IsKnown(each)).Select(each => MetadataReference.CreateFromFile(each.Location));
        Run(name, $"{TypeInCSharp.Of(value)} @{name} = default;", [.. references], run, interruption);
        _state!.GetVariable(name).Value = value;
    }

    private static bool IsKnown(System.Reflection.Assembly assembly) =>
        assembly == typeof(Kernel).Assembly || FrameworkTypes.Contains(assembly);

    /// <summary>Variables that code within a piece has declared; those of the piece itself came later.</summary>
    private void KeepVariables(IEnumerable<ScriptVariable> variables, InterruptibleRun run, CancellationToken interruption)
    {
        foreach (var variable in variables.ToList())
        {
            if (Variables.All(each => each.Name != variable.Name))
                Declare(variable.Name, variable.Value, run, interruption);
        }
    }

    /// <summary>Makes packages known to the pieces that follow.</summary>
    public void Refer(IEnumerable<RestoredPackage> packages) => _pending.AddRange(References(packages));

    /// <summary>The assemblies of packages, for the compiler.</summary>
    public static IEnumerable<MetadataReference> References(IEnumerable<RestoredPackage> packages) =>
        packages.SelectMany(package => package.Assemblies).Select(path => MetadataReference.CreateFromFile(path));

    /// <summary>Compiles a file with namespaces, for the pieces that follow to refer to.</summary>
    /// <exception cref="CompilationErrorException">It does not compile.</exception>
    /// <exception cref="CompilerFaultException">The compiler failed.</exception>
    public void AddLibrary(string file, string code, CancellationToken interruption)
    {
        ImportedLibrary? library = null;
        CompilerThread.Run(() => library = ImportedLibrary.Compile(file, code, References(), Usings), interruption);
        Loader.RegisterDependency(library!.Assembly);
        _libraries.Add(library.Reference);
    }

    /// <summary>All that the pieces so far refer to.</summary>
    private IEnumerable<MetadataReference> References()
    {
        var references = new List<MetadataReference>(_libraries);
        for (Script? script = _state!.Script; script is not null; script = script.Previous)
        {
            var compilation = script.GetCompilation();
            references.AddRange(compilation.References.Where(reference => reference is not CompilationReference));
            references.AddRange(compilation.DirectiveReferences);
        }

        return references.Distinct();
    }

    private Script<object> Compile(string code, ScriptOptions options)
    {
        // A delegate is compiled once; Script.Compile would go through it all again, to find warnings, which nobody sees.
        var script = _state!.Script.ContinueWith<object>(_canBeInterrupted ? InterruptionChecks.AddTo(code) : code, options);
        try
        {
            _ = script.CreateDelegate();
        }
        catch (CompilationErrorException) when (_canBeInterrupted)
        {
            // Its errors are to have the columns that the person sees.
            script = _state.Script.ContinueWith<object>(code, options);
            _ = script.CreateDelegate();
        }

        return script;
    }

    /// <summary>What <paramref name="code"/> means after the cells that ran.</summary>
    public SemanticModel Model(string code)
    {
        var script = _state!.Script.ContinueWith<object>(HostLines.Blank(code), Options("", []));
        var compilation = script.GetCompilation();
        return compilation.GetSemanticModel(compilation.SyntaxTrees.Last());
    }

    /// <inheritdoc/>
    public void Dispose() => Loader.Dispose();

    /// <summary>
    /// Paths are resolved against the current directory of this moment, as .NET Interactive does; a cell may have
    /// changed it. The references and usings of earlier pieces stay in force without being named again.
    /// </summary>
    private static ScriptOptions Options(string name, IReadOnlyList<MetadataReference> references)
    {
        var folder = Directory.GetCurrentDirectory();
        return BaseOptions
            .WithReferences(references)
            .WithImports()
            .WithFilePath(name)
            .WithMetadataResolver(new CellMetadataResolver(folder))
            .WithSourceResolver(new CellSourceResolver(folder));
    }

    private static readonly ScriptOptions BaseOptions = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp14)
        .WithReferences(Enumerable.Empty<MetadataReference>())
        .WithImports(Imports)
        .WithEmitDebugInformation(true)
        .WithFileEncoding(System.Text.Encoding.UTF8)
        .WithAllowUnsafe(true);
}

/// <summary>How a piece of C# ended.</summary>
/// <param name="Error">What it threw, or null.</param>
/// <param name="HasValue">Whether it ends in an expression.</param>
/// <param name="Value">The value of that.</param>
internal sealed record ScriptResult(Exception? Error, bool HasValue, object? Value);
