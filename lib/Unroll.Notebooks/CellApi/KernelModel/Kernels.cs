using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.FSharp;
using Unroll.Notebooks.CellApi;

namespace Microsoft.DotNet.Interactive
{
    /// <summary>All kernels of the session: <c>Kernel.Root</c>.</summary>
    public sealed class CompositeKernel : Kernel, IEnumerable<Kernel>
    {
        private readonly Kernel[] _children;

        internal CompositeKernel()
            : base(".NET", ".NET", [])
        {
            _children =
            [
                new CSharpKernel(), new FSharpKernel(), new KeyValueStoreKernel(),
                new ContentKernel("html", "HTML"), new ContentKernel("javascript", "JavaScript", "js"), new ContentKernel("markdown", "Markdown", "md"),
                new ContentKernel("mermaid", "Mermaid"),
            ];
            foreach (var child in _children)
                child.ParentKernel = this;
        }

        /// <summary>The kernels.</summary>
        public IReadOnlyCollection<Kernel> ChildKernels => _children;

        /// <summary>Whose code it is where nothing is said.</summary>
        // Notebooks ask an object for it.
#pragma warning disable CA1822
        public string DefaultKernelName => "csharp";
#pragma warning restore CA1822

        /// <inheritdoc/>
        public IEnumerator<Kernel> GetEnumerator() => ChildKernels.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>What <c>#!value</c> keeps.</summary>
    public sealed class KeyValueStoreKernel : Kernel
    {
        internal KeyValueStoreKernel()
            : base("value", "text", [])
        {
        }
    }

    /// <summary>A language whose text is shown.</summary>
    internal sealed class ContentKernel(string name, string languageName, params string[] aliases) : Kernel(name, languageName, aliases);
}

namespace Microsoft.DotNet.Interactive.CSharp
{
    /// <summary>The C# of the session.</summary>
    public sealed class CSharpKernel : Kernel
    {
        internal CSharpKernel()
            : base("csharp", "C#", ["c#", "C#"])
        {
        }

        /// <summary>The value of a variable of earlier cells.</summary>
        /// <typeparam name="T">Its type.</typeparam>
        /// <param name="name">Its name.</param>
        /// <param name="value">The value.</param>
        /// <returns>Whether there is such a variable.</returns>
        /// <exception cref="InvalidCastException">It is of another type.</exception>
        public bool TryGetValue<T>(string name, [MaybeNullWhen(false)] out T value)
        {
            var isThere = KernelWork.Current.TryFind(Name, name, out var found);
            value = isThere ? (T)found! : default;
            return isThere;
        }

        /// <summary>Declares a variable for later cells.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="value">Its value.</param>
        public Task SetValueAsync(string name, object? value)
        {
            KernelWork.Current.Set(Name, name, value);
            return Task.CompletedTask;
        }
    }
}

namespace Microsoft.DotNet.Interactive.FSharp
{
    /// <summary>The F# of the session.</summary>
    public sealed class FSharpKernel : Kernel
    {
        internal FSharpKernel()
            : base("fsharp", "F#", ["f#", "F#"])
        {
        }
    }
}
