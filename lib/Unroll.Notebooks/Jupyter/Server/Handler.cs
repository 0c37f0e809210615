using Unroll.Notebooks.Jupyter.Protocol;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>Serves one type of request; null where nothing is to be answered.</summary>
internal delegate Task<OutgoingContent?> Handler(WireMessage request, CancellationToken cancellation);
