using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>Which notebook format a file is in.</summary>
internal static class FormatCheck
{
    private const int NewestMinor = 5;

    /// <summary>The minor version of a format 4 notebook; every other format is refused.</summary>
    public static int Minor(JsonObject root, string shown)
    {
        if (!TryNumber(root["nbformat"], out var major))
            throw new BadNotebookException($"{shown}: not a notebook: it has no number \"nbformat\"");
        if (major < 4)
        {
            throw new BadNotebookException(
                $"{shown}: notebook format {major}, this host reads 4.0 to 4.{NewestMinor}: convert it with "
                + $"`jupyter nbconvert --to notebook --nbformat 4 --inplace {Path.GetFileName(shown)}`");
        }

        if (!TryNumber(root["nbformat_minor"], out var minor))
            throw new BadNotebookException($"{shown}: not a notebook: it has no number \"nbformat_minor\"");
        if (major > 4 || minor > NewestMinor)
        {
            throw new BadNotebookException(
                $"{shown}: notebook format {major}.{minor} is newer than this host, which reads 4.0 to 4.{NewestMinor}");
        }

        return minor;
    }

    private static bool TryNumber(JsonNode? node, out int number)
    {
        number = 0;
        return node is JsonValue value && value.TryGetValue(out number) && number >= 0;
    }
}
