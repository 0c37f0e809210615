using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

/// <summary>What cells do with kernels.</summary>
public static class KernelExtensions
{
    /// <summary>The kernel of that name or alias, or null where this host has none.</summary>
    public static Kernel? FindKernelByName(this Kernel kernel, string name) => kernel.FindKernels(each =>
        each.Name == name || each.KernelInfo.Aliases.Contains(name, StringComparer.Ordinal)).FirstOrDefault();

    /// <summary>The kernels that <paramref name="predicate"/> holds for, whichever kernel is asked.</summary>
    public static IEnumerable<Kernel> FindKernels(this Kernel kernel, Func<Kernel, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(predicate);
        return ((IEnumerable<Kernel>)[kernel.RootKernel, .. kernel.RootKernel.ChildKernels]).Where(predicate);
    }

    /// <summary>Runs code, in the language of <paramref name="kernel"/>, as a part of the running cell.</summary>
    public static Task<KernelCommandResult> SubmitCodeAsync(this Kernel kernel, string code)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel.SendAsync(new SubmitCode(code));
    }

    /// <summary>Calls <paramref name="onVisit"/> for each kernel of a composite one.</summary>
    public static void VisitSubkernels(this Kernel kernel, Action<Kernel> onVisit)
    {
        ArgumentNullException.ThrowIfNull(onVisit);
        foreach (var child in (kernel as CompositeKernel)?.ChildKernels ?? [])
            onVisit(child);
    }

    /// <summary>Calls <paramref name="onVisit"/> for the kernel, and for each that it is made of.</summary>
    public static void VisitSubkernelsAndSelf(this Kernel kernel, Action<Kernel> onVisit)
    {
        ArgumentNullException.ThrowIfNull(onVisit);
        onVisit(kernel);
        kernel.VisitSubkernels(onVisit);
    }
}
