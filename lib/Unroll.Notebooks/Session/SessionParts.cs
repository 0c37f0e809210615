using Unroll.Notebooks.Session.FSharp;
using Unroll.Notebooks.Session.Packages;
using Unroll.Notebooks.Session.Values;

namespace Unroll.Notebooks.Session;

/// <summary>What lives as long as a session, and is used by each of its cells.</summary>
/// <param name="Scripts">The C# of the cells so far.</param>
/// <param name="Packages">The packages that they asked for.</param>
/// <param name="Store">What <c>#!value</c> keeps.</param>
/// <param name="FSharp">The F# of the cells so far, where there is any.</param>
internal sealed record SessionParts(ScriptChain Scripts, SessionPackages Packages, ValueStore Store, FSharpCells FSharp);
