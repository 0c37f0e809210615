using System.Collections;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>A sequence that its owner wants to see as a table, even where its items would fit a line.</summary>
internal sealed record TableView(IEnumerable Items);
