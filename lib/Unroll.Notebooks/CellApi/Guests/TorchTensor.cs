using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Guests;

internal sealed class TorchTensor() : Guest("TorchSharp.torch+Tensor", MimeBundle.Plain)
{
    public override Func<string, string?>? Look(object value) => null;
}
