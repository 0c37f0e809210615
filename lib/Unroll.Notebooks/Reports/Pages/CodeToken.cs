using System.Runtime.InteropServices;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>What a piece of code is, as far as its characters say.</summary>
internal enum CodeTokenKind
{
    /// <summary>A name or a keyword.</summary>
    Word,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string, a character, or the text between the holes of an interpolated string.</summary>
    String,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>A line that begins with <c>#</c>.</summary>
    Directive,

    /// <summary>One character of punctuation.</summary>
    Sign,
}

/// <summary>A piece of code: where it begins and where it ends.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CodeToken(CodeTokenKind Kind, int Start, int End);
