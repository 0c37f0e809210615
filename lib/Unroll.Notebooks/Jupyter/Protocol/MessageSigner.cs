using System.Security.Cryptography;
using System.Text;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>Signs messages and checks signatures: HMAC-SHA256 in lower-case hex over header, parent, metadata and content.</summary>
internal sealed class MessageSigner(string key)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>Whether messages are signed at all; an empty key asks for none.</summary>
    public bool IsOn => _key.Length > 0;

    /// <summary>The signature of <paramref name="parts"/>; empty where nothing is signed.</summary>
    public byte[] Sign(ReadOnlySpan<byte[]> parts)
    {
        if (!IsOn)
            return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in parts)
            hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Whether <paramref name="signature"/> is that of <paramref name="parts"/>; takes the same time wherever it differs.</summary>
    public bool Verify(byte[] signature, ReadOnlySpan<byte[]> parts) =>
        !IsOn || CryptographicOperations.FixedTimeEquals(Sign(parts), signature);
}
