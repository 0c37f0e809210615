namespace Unroll.Notebooks.Documents;

/// <summary>
/// A file that cannot be run as a notebook; the message is one line that names the place and the fix.
/// </summary>
internal sealed class BadNotebookException(string message) : Exception(message);
