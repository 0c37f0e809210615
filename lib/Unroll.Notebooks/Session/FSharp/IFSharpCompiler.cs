using Unroll.Notebooks.Session.Values;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session.FSharp;

/// <summary>Runs F#. What does it is compiled against a package that is there only once an F# cell has asked for it.</summary>
internal interface IFSharpCompiler : IValueHolder
{
    /// <summary>Runs a piece, which sees what the pieces before it declared.</summary>
    /// <param name="cell">What errors call it.</param>
    /// <param name="code">The code.</param>
    /// <param name="assemblies">The assemblies of packages that it may use.</param>
    FSharpResult Run(string cell, string code, IReadOnlyList<string> assemblies);
}

/// <summary>How a piece of F# ended.</summary>
/// <param name="Failure">Why it does not compile, or null.</param>
/// <param name="Error">What it threw, or null.</param>
/// <param name="HasValue">Whether it ends in an expression that is not a unit.</param>
/// <param name="Value">The value of that.</param>
internal sealed record FSharpResult(ErrorRaised? Failure, Exception? Error, bool HasValue, object? Value);
