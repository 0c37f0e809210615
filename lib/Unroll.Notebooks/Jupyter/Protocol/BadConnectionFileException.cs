namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>The connection file is not one this kernel can serve.</summary>
internal sealed class BadConnectionFileException(string message) : Exception(message);
