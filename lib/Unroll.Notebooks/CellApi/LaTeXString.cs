using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Formatting
{
    /// <summary>A formula in LaTeX, which shows typeset.</summary>
    [TypeFormatterSource(typeof(LaTeXSource), PreferredMimeTypes = [LaTeXSource.MimeType, PlainTextFormatter.MimeType])]
    public sealed class LaTeXString(string latexCode)
    {
        private readonly string _code = latexCode ?? throw new ArgumentNullException(nameof(latexCode));

        /// <summary>The formula that <paramref name="source"/> spells.</summary>
        public static implicit operator LaTeXString(string source) => new(source);

        /// <inheritdoc/>
        public override string ToString() => _code;
    }
}

namespace Microsoft.DotNet.Interactive.Jupyter.Formatting
{
    /// <summary>A formula in LaTeX, without the marks around it.</summary>
    [TypeFormatterSource(typeof(LaTeXSource), PreferredMimeTypes = [LaTeXSource.MimeType, PlainTextFormatter.MimeType])]
    public sealed class MathString(string latexCode)
    {
        private const string Mark = "$$";
        private readonly string _code = latexCode ?? throw new ArgumentNullException(nameof(latexCode));

        /// <summary>The formula that <paramref name="source"/> spells.</summary>
        public static implicit operator MathString(string source) => new(source);

        /// <inheritdoc/>
        public override string ToString()
        {
            var start = _code.StartsWith(Mark, StringComparison.Ordinal) ? "" : Mark;
            var end = _code.EndsWith(Mark, StringComparison.Ordinal) && _code.Length > Mark.Length ? "" : Mark;
            return $"{start}{_code}{end}";
        }
    }
}

namespace Microsoft.DotNet.Interactive.Formatting
{
    /// <summary>Sends the text of a formula as it stands.</summary>
    internal sealed class LaTeXSource : ITypeFormatterSource
    {
        public const string MimeType = "text/latex";

        public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
            [new AsItStands(MimeType), new AsItStands(PlainTextFormatter.MimeType)];

        private sealed class AsItStands(string mimeType) : ITypeFormatter
        {
            public string MimeType { get; } = mimeType;

            public Type Type => typeof(object);

            public bool Format(object instance, FormatContext context)
            {
                context.Writer.Write(instance);
                return true;
            }
        }
    }
}
