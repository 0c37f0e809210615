namespace Unroll.Notebooks.Reports.Pages;

/// <summary>A part of a page cannot be drawn; the message says why, in words for the page.</summary>
internal sealed class UndrawableException(string message) : Exception(message);
