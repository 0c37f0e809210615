using Unroll.Notebooks.Jupyter.Messaging;

namespace Unroll.Notebooks.Jupyter.Serving;

/// <summary>Serves one type of request; null where nothing is to be answered.</summary>
internal delegate Task<OutgoingContent?> Handler(WireMessage request, CancellationToken cancellation);
