namespace Unroll.Notebooks.CellApi.Views;

/// <summary>
/// Values of F#'s unions, which say how they are written; their members are for the compiler (Tag, IsCircle). They are known
/// by the name of an attribute, so that no assembly of F# is needed.
/// </summary>
internal static class FSharpUnion
{
    private const string AttributeName = "Microsoft.FSharp.Core.CompilationMappingAttribute";
    private const int SumType = 1;
    private const int KindMask = 31;

    /// <summary>Whether <paramref name="type"/> is one of them.</summary>
    public static bool Is(Type type)
    {
        if (FrameworkTypes.Contains(type))
            return false;
        for (var each = type; each is not null; each = each.BaseType)
        {
            if (each.GetCustomAttributesData().Any(data => data.AttributeType.FullName == AttributeName
                && data.ConstructorArguments is [{ Value: int kind }, ..] && (kind & KindMask) == SumType))
            {
                return true;
            }
        }

        return false;
    }
}
