using System.Collections.Concurrent;

namespace Unroll.Layers;

/// <summary>
/// Which of the paired methods a class of layers overrides: the one for a single tensor, or the one for lists. What counts is
/// the more derived of the two, so that a class cannot choose the wrong one.
/// </summary>
/// <param name="OverridesCall">Whether <c>Call</c> is written, or only leads to <c>CallAll</c>.</param>
/// <param name="OverridesCallAll">Whether <c>CallAll</c> is written, or only leads to <c>Call</c>.</param>
/// <param name="OverridesShape">Whether <c>ComputeOutputShape</c> is written.</param>
/// <param name="OverridesShapes">Whether <c>ComputeOutputShapes</c> is written.</param>
/// <param name="CallsOne">Whether <c>Call</c> is the one to use: the layer takes one tensor and gives one.</param>
/// <param name="AnswersOne">Whether <c>Call</c> is the one to use for a single tensor: the same class may write both.</param>
/// <param name="CallAllOwner">The class that writes the <c>CallAll</c> in force.</param>
/// <param name="ShapesOne">Whether <c>ComputeOutputShape</c> is the one to use.</param>
/// <param name="BuildsOne">Whether <c>Build</c> is the one to use.</param>
/// <param name="OverridesComputeMask">Whether <c>ComputeMask</c> is written.</param>
internal sealed record LayerMethods(
    bool OverridesCall, bool OverridesCallAll, bool OverridesShape, bool OverridesShapes, bool CallsOne, bool AnswersOne,
    Type CallAllOwner, bool ShapesOne, bool BuildsOne, bool OverridesComputeMask)
{
    private static readonly ConcurrentDictionary<Type, LayerMethods> Known = new();

    /// <summary>Asks a layer once for each class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="overridden">Gives the methods in force, one pair after the other: call, shape, build, mask.</param>
    public static LayerMethods Of(Type type, Func<(Delegate One, Delegate All)[]> overridden) =>
        Known.TryGetValue(type, out var known) ? known : Known.GetOrAdd(type, Found(overridden()));

    private static LayerMethods Found((Delegate One, Delegate All)[] pairs)
    {
        var (call, shape, build) = (pairs[0], pairs[1], pairs[2]);
        return new LayerMethods(
            IsOverridden(call.One),
            IsOverridden(call.All),
            IsOverridden(shape.One),
            IsOverridden(shape.All),
            IsMoreDerived(call.One, call.All),
            IsMoreDerived(call.One, call.All) || (IsOverridden(call.One) && Owner(call.One) == Owner(call.All)),
            Owner(call.All),
            IsMoreDerived(shape.One, shape.All),
            IsMoreDerived(build.One, build.All),
            IsOverridden(pairs[3].One));
    }

    private static Type Owner(Delegate method) => method.Method.DeclaringType!;

    private static bool IsOverridden(Delegate method) => Owner(method) != typeof(Layer);

    private static bool IsMoreDerived(Delegate one, Delegate all) => Owner(one).IsSubclassOf(Owner(all));
}
