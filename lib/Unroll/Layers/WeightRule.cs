using System.Runtime.InteropServices;
using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>How a weight begins, what its numbers cost, and what it keeps to.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WeightRule(Initializer Initializer, Regularizer? Regularizer, Constraint? Constraint);
