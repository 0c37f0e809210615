using System.Text;
using System.Text.Json.Nodes;
using Unroll.Keras.Configuration;
using Unroll.Keras.Hdf5;
using Unroll.Keras.Weights;

namespace Unroll.Keras.Files;

/// <summary>What is in a file of Keras, of whichever form: its configuration, how it was trained, and its weights.</summary>
internal sealed class KerasContents
{
    private KerasContents(string file, string form, string? version, JsonObject? config, JsonObject? training, Hdf5Group root, long size)
    {
        (File, Form, Version, Config, Training, Root, Size) = (file, form, new KerasVersion(version), config, training, root, size);
    }

    /// <summary>What errors call the file.</summary>
    public string File { get; }

    /// <summary>The form, in words.</summary>
    public string Form { get; }

    public KerasVersion Version { get; }

    /// <summary>The model's class and configuration; null where a file has weights alone.</summary>
    public JsonObject? Config { get; }

    /// <summary>How the model was compiled, or null.</summary>
    public JsonObject? Training { get; }

    /// <summary>How many bytes of weights there are, which bounds what they can be.</summary>
    public long Size { get; }

    public Hdf5Group Root { get; }

    /// <summary>Opens a file, going by what is in it and not by its name.</summary>
    /// <exception cref="InvalidDataException">It is not a file of Keras, or is damaged.</exception>
    public static KerasContents Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new InvalidDataException($"{path} is a folder. A SavedModel of TensorFlow is not read; model.save(\"model.keras\") in Keras " +
                $"writes one file.");
        return Of(System.IO.File.ReadAllBytes(path), Path.GetFileName(path));
    }

    /// <summary>Opens a file that is in memory.</summary>
    public static KerasContents Of(byte[] bytes, string file)
    {
        if (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8))
            return OfArchive(bytes, file);
        if (Hdf5Reader.IsHdf5(bytes))
            return OfHdf5(bytes, file);
        throw new InvalidDataException($"{file} is neither a .keras file nor an HDF5 file. {WhatElse(bytes)}");
    }

    private static KerasContents OfArchive(byte[] bytes, string file)
    {
        using var archive = new KerasArchive(bytes, file);
        var config = Parsed(archive, "config.json", file) ?? throw new InvalidDataException($"{file} has no config.json, so it is not a .keras file.");
        var metadata = Parsed(archive, "metadata.json", file);
        var weights = archive.Read("model.weights.h5") ?? throw new InvalidDataException(archive.Has("model.weights.npz")
            ? $"{file} keeps its weights as model.weights.npz, which holds pickled Python objects. Those can run code when they are read, and are " +
                $"never read here. Save it again with Keras' default."
            : $"{file} has no model.weights.h5.");
        return new KerasContents(
            file, "Keras' native format (.keras)", metadata?.OptionalText("keras_version"), config, config["compile_config"] as JsonObject,
            Hdf5Reader.Open(weights, $"{file}, model.weights.h5"), weights.Length);
    }

    private static KerasContents OfHdf5(byte[] bytes, string file)
    {
        var root = Hdf5Reader.Open(bytes, file);
        var config = root.Text("model_config");
        var version = root.Text("keras_version") ?? root.Group("model_weights")?.Text("keras_version");
        var form = config is not null ? "Keras' older format (.h5), a whole model"
            : StoredVariables.Are(root) ? "weights alone (.weights.h5)"
            : ListedWeights.Group(root) is not null ? "weights alone, in Keras' older format (.h5)"
            : throw new InvalidDataException($"{file} is an HDF5 file without a model of Keras: it has {Names(root)}.");
        return new KerasContents(
            file, form, version, config is null ? null : Json.Parse(config, $"{file}, model_config"),
            root.Text("training_config") is { } training ? Json.Parse(training, $"{file}, training_config") : null, root, bytes.Length);
    }

    private static string Names(Hdf5Group root)
    {
        string[] names = [.. root.GroupNames, .. root.ArrayNames];
        return names.Length == 0 ? "nothing in it" : string.Join(", ", names.Take(10));
    }

    private static JsonObject? Parsed(KerasArchive archive, string name, string file) =>
        archive.Read(name) is { } bytes ? Json.Parse(Encoding.UTF8.GetString(bytes), $"{file}, {name}") : null;

    private static string WhatElse(ReadOnlySpan<byte> bytes) => bytes switch
    {
        { Length: 0 } => "It is empty.",
        _ when bytes.StartsWith("version https://git-lfs"u8) =>
            "It is a pointer of Git LFS, which stands in for the file: git lfs pull brings the file itself.",
        _ when bytes[0] == 0x80 && bytes.Length > 1 && bytes[1] is >= 2 and <= 5 =>
            "It is a Python pickle, which can run code when it is read, and is never read here. Save the model with model.save(\"model.keras\") in Keras.",
        _ when bytes[0] == '{' => "It is JSON: KerasFile.FromJson reads a model's configuration, and LoadWeights its weights.",
        _ when bytes.StartsWith("<"u8) => "It is a web page: a download that went wrong.",
        _ => "It may be cut off at its start, or of another format.",
    };
}
