using System.Globalization;
using System.Runtime.CompilerServices;
using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Interactive;
using Microsoft.DotNet.Interactive;
using Microsoft.FSharp.Core;
using Unroll.Notebooks.Session.Values;
using Unroll.Notebooks.Wire;
using Evaluation = Microsoft.FSharp.Core.FSharpChoice<
    Microsoft.FSharp.Core.FSharpOption<FSharp.Compiler.Interactive.Shell.FsiValue>, System.Exception>;

namespace Unroll.Notebooks.Session.FSharp;

/// <summary>F# Interactive, in this process.</summary>
internal sealed class FSharpCompiler : IFSharpCompiler
{
    /// <summary>What the compiler calls the value of the last expression.</summary>
    private const string LastValue = "it";

    /// <summary>What the host's own code is called.</summary>
    private const string Host = "host.fsx";

    /// <summary>Carries objects whose types F# cannot name.</summary>
    private const string Carrier = "unroll_carrier";

    private readonly Shell.FsiEvaluationSession _session;
    private readonly HashSet<string> _assemblies = new(StringComparer.Ordinal);
    private bool _hasHtml;

    /// <summary>Starts it, with what C# cells have too: the helpers and the namespaces.</summary>
    public FSharpCompiler()
    {
        string[] arguments =
        [
            "fsi", "--noninteractive", "--quiet", "--nologo", "--targetprofile:netcore", "--usesdkrefs-", "--multiemit+", "--debug+",
            $"-r:{typeof(FSharpOption<>).Assembly.Location}", $"-r:{typeof(Kernel).Assembly.Location}",
        ];
        _session = Shell.FsiEvaluationSession.Create(
            Shell.FsiEvaluationSession.GetDefaultConfiguration(), arguments, TextReader.Null, TextWriter.Null, TextWriter.Null, collectible: null, legacyReferenceResolver: null);
        Helpers();
    }

    /// <inheritdoc/>
    public IEnumerable<HeldValue> All => _session.GetBoundValues()
        .Where(each => each.Name is not (LastValue or Carrier))
        .Select(each => new HeldValue(each.Name, each.Value.ReflectionType, each.Value.ReflectionValue));

    /// <inheritdoc/>
    public SharedValue? Find(string name) =>
        _session.TryFindBoundValue(name) is { } found ? new SharedObject(found.Value.Value.ReflectionValue) : null;

    /// <inheritdoc/>
    public void Set(string name, object? value)
    {
        if (value is null)
        {
            Declare($"let ``{name}`` : obj = null");
            return;
        }

        try
        {
            _session.AddBoundValue(name, value);
        }
        catch (ArgumentException error)
        {
            throw new NotSupportedException($"\"{name}\" is not a name of an F# value", error);
        }
        catch (Exception error) when (error is InvalidOperationException or NotSupportedException)
        {
            // The type is not public, or of a cell: F# gets the object as the most special type that it can name.
            var type = typeof(StrongBox<>).MakeGenericType(TypeInCSharp.Nameable(value.GetType()));
            _session.AddBoundValue(Carrier, Activator.CreateInstance(type, value)!);
            Declare($"let ``{name}`` = {Carrier}.Value");
        }
    }

    /// <inheritdoc/>
    public FSharpResult Run(string cell, string code, IReadOnlyList<string> assemblies)
    {
        var added = assemblies.Where(_assemblies.Add).ToList();
        if (added.Count > 0)
            Declare(string.Join('\n', added.Select(path => $"#r @\"{path}\"")));
        if (!_hasHtml && code.Contains(FSharpHtml.Name, StringComparison.Ordinal))
        {
            _hasHtml = true;
            Declare(FSharpHtml.Code);
        }

        var (result, diagnostics) = _session.EvalInteractionNonThrowing(code, cell, cancellationToken: null);
        var errors = diagnostics.Where(each => each.Severity.IsError).ToList();
        if (errors.Count > 0)
            return new FSharpResult(Failure(errors, code), Error: null, HasValue: false, Value: null);
        if ((object)result is Evaluation.Choice2Of2 { Item: var thrown })
            return new FSharpResult(Failure: null, thrown, HasValue: false, Value: null);
        var value = ((object)result as Evaluation.Choice1Of2)?.Item?.Value;
        var hasValue = value is not null && value.ReflectionType != typeof(Unit);
        return new FSharpResult(Failure: null, Error: null, hasValue, hasValue ? value!.ReflectionValue : null);
    }

    /// <summary>As C#'s report of errors: the first is the message, all are in the traceback, each with its line and a mark.</summary>
    private static ErrorRaised Failure(List<FSharpDiagnostic> errors, string code)
    {
        var lines = code.Split('\n');
        return new ErrorRaised(ErrorReport.CompilationError, Described(errors[0]).ReplaceLineEndings(" "), [.. errors.SelectMany(Explained)])
        {
            Line = errors[0].StartLine,
            Column = errors[0].StartColumn + 1,
        };

        IEnumerable<string> Explained(FSharpDiagnostic error)
        {
            foreach (var line in Described(error).ReplaceLineEndings("\n").Split('\n'))
                yield return line;
            if (error.StartLine < 1 || error.StartLine > lines.Length)
                yield break;
            yield return $"    {lines[error.StartLine - 1]}";
            yield return $"    {new string(' ', error.StartColumn)}^";
        }
    }

    private static string Described(FSharpDiagnostic error) => string.Create(
        CultureInfo.InvariantCulture, $"line {error.StartLine}, column {error.StartColumn + 1}: FS{error.ErrorNumber:0000}: {MachinePaths.Hide(error.Message)}");

    private void Helpers() => Declare("""
        open System
        open System.IO
        open System.Text
        open Microsoft.DotNet.Interactive
        open Microsoft.DotNet.Interactive.Formatting
        open type Microsoft.DotNet.Interactive.Kernel
        [<AutoOpen>]
        module NotebookHelpers =
            let display (value: obj) = Kernel.display value
            let HTML (content: string) = Kernel.HTML content
            let CSS (styles: string) = Kernel.CSS styles
            let Javascript (content: string) = Kernel.Javascript content
        """);

    /// <summary>Code of the host's own.</summary>
    private void Declare(string code)
    {
        var (result, diagnostics) = _session.EvalInteractionNonThrowing(code, Host, cancellationToken: null);
        if ((object)result is Evaluation.Choice2Of2 { Item: var error })
        {
            var why = diagnostics.FirstOrDefault(each => each.Severity.IsError)?.Message ?? error.Message;
            throw new NotSupportedException(MachinePaths.Hide(why));
        }
    }
}
