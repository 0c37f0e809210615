using Unroll.Benchmarks.Comparing;
using Unroll.Benchmarks.Growing;
using Unroll.Benchmarks.Measuring;

namespace Unroll.Benchmarks.Reporting;

/// <summary>All that <c>compare</c> measured, as it goes into JSON.</summary>
internal sealed record Report(
    DateTimeOffset Date,
    Machine Machine,
    Effort Effort,
    IReadOnlyDictionary<string, string> MissingPeers,
    IReadOnlyList<ComparisonRow> Comparison,
    IReadOnlyList<ProductRow> Products,
    IReadOnlyList<OverheadRow> Overheads,
    IReadOnlyList<GrowthRow> Growth);
