using System.Text.Json.Serialization;

namespace Unroll.Notebooks.Sessions;

/// <summary>What a front end asks of a session in another process. One JSON line each.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "request")]
[JsonDerivedType(typeof(RunCell), "run")]
[JsonDerivedType(typeof(CloseSession), "close")]
internal abstract record SessionRequest;

/// <summary>
/// Run <paramref name="Code"/>, which begins in <paramref name="Language"/>, as the cell <paramref name="Cell"/>.
/// </summary>
internal sealed record RunCell(int Cell, string Code, string Language) : SessionRequest;

/// <summary>No cell follows: wait a moment for what is still running, then end.</summary>
internal sealed record CloseSession : SessionRequest;
