using System.Diagnostics;
using System.Globalization;
using Unroll.Keras.Arrays;

namespace Unroll.Keras.Tests.ArrayTests;

/// <summary>
/// Files with random faults: they load, or are refused as damaged or unsupported; nothing else is thrown, and what they take of
/// memory and time is bounded by their length.
/// </summary>
public class MutationTests
{
    private const int Rounds = 4000;

    private static readonly string[] Words =
    [
        "\"F64\"", "\"I8\"", "[", "]", "{", "}", ",", ":", "-1", "0", "4294967296", "9223372036854775807", "1e99", "\"__metadata__\"", "\"w\"",
        "\\ud800", "'<f8'", "'|O'", "True", "(", ")", "PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "\u0093NUMPY\u0001",
    ];

    [Theory]
    [InlineData("types.safetensors")]
    [InlineData("torch_rnn.safetensors")]
    [InlineData("version1.npy")]
    [InlineData("version3.npy")]
    [InlineData("objects.npy")]
    [InlineData("compressed.npz")]
    [InlineData("numbers.npz")]
    public void A_damaged_file_loads_or_is_refused(string name)
    {
        var good = File.ReadAllBytes(Samples.Of(name));
        var random = new Random(name.Length * 1000 + good.Length);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var file = Mutated(good, random);
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            try
            {
                Load(name, file);
            }
            catch (Exception error) when (error is InvalidDataException or NotSupportedException)
            {
                Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"Round {round.ToString(CultureInfo.InvariantCulture)}: {error}\n{Convert.ToBase64String(file)}");
            }

            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(
                taken < (1 << 20) + 100L * file.Length,
                $"Round {round}: {taken} bytes of memory for a file of {file.Length}.\n{Convert.ToBase64String(file)}");
            Assert.True(watch.ElapsedMilliseconds < 20_000, $"Round {round}: {watch.ElapsedMilliseconds} ms.\n{Convert.ToBase64String(file)}");
        }

        Assert.InRange(refused, Rounds / 4, Rounds);
    }

    private static void Load(string name, byte[] file)
    {
        using var stream = new MemoryStream(file);
        switch (Path.GetExtension(name))
        {
            case ".npy":
                NpyArray.Read(stream, file.Length, name);
                break;
            case ".npz":
                NpzArchive.Read(stream, name);
                break;
            default:
                Safetensors.Read(stream, name);
                break;
        }
    }

    /// <summary>One to four faults: bytes changed, cut out, put in, a word of the format, the end cut off.</summary>
    private static byte[] Mutated(byte[] good, Random random)
    {
        var file = new List<byte>(good);
        for (var fault = random.Next(1, 5); fault > 0 && file.Count > 0; fault--)
        {
            var place = random.Next(file.Count);

            // Half of the faults go where lengths and shapes are.
            if (random.Next(2) == 0)
                place = random.Next(2) == 0 ? random.Next(Math.Min(200, file.Count)) : file.Count - 1 - random.Next(Math.Min(200, file.Count));
            switch (random.Next(6))
            {
                case 0:
                    file[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[place] = (byte)random.Next(256);
                    break;
                case 2:
                    file.RemoveRange(place, Math.Min(random.Next(1, 9), file.Count - place));
                    break;
                case 3:
                    file.InsertRange(place, file.GetRange(place, Math.Min(random.Next(1, 60), file.Count - place)));
                    break;
                case 4:
                    byte[] word = [.. Words[random.Next(Words.Length)].Select(letter => (byte)letter)];
                    for (var i = 0; i < word.Length && place + i < file.Count; i++)
                        file[place + i] = word[i];
                    break;
                default:
                    file.RemoveRange(place, random.Next(8) == 0 ? file.Count - place : Math.Min(1, file.Count - place));
                    break;
            }
        }

        return [.. file];
    }
}
