using System.Diagnostics;
using System.Globalization;
using Unroll.Keras.Files;
using Unroll.Keras.Hdf5;
using Samples = Unroll.Keras.Tests.ArrayTests.Samples;

namespace Unroll.Keras.Tests.FileTests;

/// <summary>
/// Files of Keras with random faults: they load, or are refused with a message that names the file; and they take no more time
/// and memory than a file of their length may.
/// </summary>
public class MutatedFileTests
{
    private const int Rounds = 300;
    private const long MostMemory = 256L << 20;

    /// <summary>A longer run for one's own eyes: <c>UNROLL_FUZZ_SECONDS=600 dotnet test …</c>.</summary>
    private static readonly double Seconds = double.Parse(Environment.GetEnvironmentVariable("UNROLL_FUZZ_SECONDS") ?? "0", CultureInfo.InvariantCulture);

    public static TheoryData<string> Names =>
    [
        "hdf5/contiguous.h5", "hdf5/newest.h5", "hdf5/gzip_shuffle_sum.h5", "hdf5/newest_gzip.h5", "hdf5/fixed_strings.h5", "hdf5/many_layers_newest.h5",
        "hdf5/numbers.h5", "hdf5/numbers_1_8.h5", "hdf5/numbers_newest.h5",
        "keras/emg.keras", "keras/dna.h5",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_file_loads_or_is_refused(string name)
    {
        Backend.Warnings = TextWriter.Null;
        var good = File.ReadAllBytes(Samples.Of(name));
        var random = Seconds > 0 ? new Random() : new Random(name.Length + good.Length);
        var (file, clock, refused, round) = (Path.GetFileName(name), Stopwatch.StartNew(), 0, 0);
        while (Seconds > 0 ? clock.Elapsed.TotalSeconds < Seconds / Names.Count : round < Rounds)
        {
            round++;
            var bytes = Mutated(good, random);
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            try
            {
                Read(bytes, file);
            }
            catch (Exception error) when (error is InvalidDataException or NotSupportedException)
            {
                Assert.Contains(file, error.Message, StringComparison.Ordinal);
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"Round {round}: {error}\n{Convert.ToBase64String(bytes)}");
            }

            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken < MostMemory, $"Round {round}: {taken} bytes of memory for a file of {bytes.Length}.\n{Convert.ToBase64String(bytes)}");
            Assert.True(watch.ElapsedMilliseconds < 10_000, $"Round {round}: {watch.ElapsedMilliseconds} ms.\n{Convert.ToBase64String(bytes)}");
        }

        Assert.InRange(refused, round / 8, round);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_is_cut_off_is_refused(string name)
    {
        var good = File.ReadAllBytes(Samples.Of(name));
        var file = Path.GetFileName(name);
        foreach (var share in new[] { 0.0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9 })
        {
            var error = Assert.Throws<InvalidDataException>(() => Read(good[..(int)(good.Length * share)], file));
            Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
        }
    }

    private static void Read(byte[] bytes, string file)
    {
        if (file.StartsWith("numbers", StringComparison.Ordinal))
            Hdf5ReaderTests.ReadAll(Hdf5Reader.Open(bytes, file));
        else
            KerasFile.Load(KerasContents.Of(bytes, file), customObjects: null, compile: true);
    }

    /// <summary>One to six faults, most of them near the start or where structures are, not in the numbers.</summary>
    private static byte[] Mutated(byte[] good, Random random)
    {
        var bytes = good.ToArray();
        for (var fault = random.Next(1, 7); fault > 0; fault--)
        {
            var place = random.Next(3) == 0 ? random.Next(Math.Min(2048, bytes.Length)) : random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[place] = random.Next(2) == 0 ? (byte)0 : (byte)0xFF;
                    break;
                case 3:
                    // Another place of the same file: pointers that lead in circles.
                    BitConverter.TryWriteBytes(bytes.AsSpan(place), place + 8 <= bytes.Length ? random.NextInt64(bytes.Length) : (byte)1);
                    break;
                default:
                    bytes.AsSpan(place, Math.Min(random.Next(1, 9), bytes.Length - place)).Fill((byte)random.Next(256));
                    break;
            }
        }

        return bytes;
    }
}
