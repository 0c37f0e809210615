using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Unroll.Models;

/// <summary>The engine of the process: the one that was set, or that of the environment; null for the managed one.</summary>
internal static class EngineChoice
{
    /// <summary>Names an engine for a whole run: the path of its dll, and perhaps a device after a semicolon.</summary>
    public const string Variable = "UNROLL_ENGINE";

    private static readonly Lock Gate = new();
    private static volatile bool _isChosen;
    private static volatile Engine? _chosen;

    public static Engine? Current
    {
        get => _isChosen ? _chosen : FromEnvironment();
        set
        {
            lock (Gate)
            {
                _chosen = value;
                _isChosen = true;
            }
        }
    }

    /// <summary>Loads the engine that the words of the variable name.</summary>
    /// <exception cref="InvalidOperationException">There is no such file, or no engine in it.</exception>
    /// <exception cref="NotSupportedException">The program was compiled ahead of time.</exception>
    internal static Engine Load(string words)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            throw new NotSupportedException(
                $"{Variable} is {words}, but a program that was compiled ahead of time loads no dll. Set Backend.Engine in the program, or unset {Variable}.");
        }

        var parts = words.Split(';', 2, StringSplitOptions.TrimEntries);
        var path = Path.GetFullPath(parts[0]);
        if (!File.Exists(path))
        {
            throw new InvalidOperationException(
                $"{Variable} names {path}, but there is no such file. It is the path of Unroll.TorchSharp.dll, perhaps with a device: path;cuda.");
        }

        return Make(path, parts.Length > 1 ? parts[1] : "cpu");
    }

    private static Engine? FromEnvironment()
    {
        lock (Gate)
        {
            if (!_isChosen)
            {
                if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } words)
                    _chosen = Load(words);
                _isChosen = true;
            }

            return _chosen;
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Reached only where dynamic code is supported, by a variable that names the dll.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The same.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The same.")]
    private static Engine Make(string path, string device)
    {
        // Beside this assembly, so that the engine's Unroll is this one; what else it needs lies beside the engine.
        var context = AssemblyLoadContext.GetLoadContext(typeof(Engine).Assembly)!;
        context.Resolving += (into, name) =>
            Path.Combine(Path.GetDirectoryName(path)!, $"{name.Name}.dll") is var file && File.Exists(file) ? into.LoadFromAssemblyPath(file) : null;
        var types = context.LoadFromAssemblyPath(path).GetExportedTypes();
        var type = Array.Find(types, type => !type.IsAbstract && type.IsSubclassOf(typeof(Engine)) && type.GetConstructor([typeof(string)]) is not null)
            ?? throw new InvalidOperationException(
                $"{Variable} names {path}, which holds no engine: no public class derived from {typeof(Engine)} that is made of a device's name.");
        try
        {
            return (Engine)Activator.CreateInstance(type, device)!;
        }
        catch (System.Reflection.TargetInvocationException error) when (error.InnerException is { } reason)
        {
            throw new InvalidOperationException($"{Variable} names {path} with the device \"{device}\", but it cannot be used: {reason.Message}", reason);
        }
    }
}
