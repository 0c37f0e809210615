using Unroll.Layers;
using Unroll.TorchSharp.Plans;

namespace Unroll.TorchSharp.Conversions;

/// <summary>Adds to a plan what a layer does with its inputs, and gives its outputs.</summary>
internal delegate IReadOnlyList<Value> LayerConversion(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs);
