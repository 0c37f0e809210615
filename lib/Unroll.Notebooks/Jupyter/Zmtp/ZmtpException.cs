namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>A peer does not keep to the protocol or to our limits: its connection ends.</summary>
internal sealed class ZmtpException(string message) : Exception(message);
