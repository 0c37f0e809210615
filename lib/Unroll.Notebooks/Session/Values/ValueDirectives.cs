using System.Text.Json;
using Microsoft.DotNet.Interactive;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Session.Language;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session.Values;

/// <summary>Does what <c>#!share</c>, <c>#!set</c> and <c>#!value</c> say.</summary>
/// <param name="holders">What has the values of a language; null where this host has none of it.</param>
/// <param name="store">What <c>#!value</c> keeps.</param>
/// <param name="publish">Gets what is shown.</param>
/// <param name="interruption">Ends waiting.</param>
internal sealed class ValueDirectives(
    Func<string, int, IValueHolder?> holders, ValueStore store, Action<SessionEvent> publish, CancellationToken interruption)
{
    private static readonly string[] Sources = ["--from-url", "--from-file", "--from-value"];

    /// <summary><c>#!share --from fsharp x --as y</c>: the object itself, or its text where a MIME type is named.</summary>
    public void Share(CommandStep step)
    {
        var options = Options(step);
        var name = Text(options, "--name", step.Line)!;
        var mimeType = Text(options, "--mime-type", step.Line);
        var value = Find(Text(options, "--from", step.Line)!, name, step.Line);
        var target = Text(options, "--as", step.Line) ?? name;
        Set(step.Language, target, value.Take(byReference: mimeType is null, mimeType), step.Line);
    }

    /// <summary><c>#!set --name x --value …</c>: a text, an answer, a file, or a value of another language, copied.</summary>
    public void Set(CommandStep step)
    {
        var options = Options(step);
        if (options.Has("--byref") && options.Has("--mime-type"))
            throw new DirectiveException("#!set takes --byref or --mime-type and not both: the one shares an object, the other copies its text.", step.Line);
        var name = Text(options, "--name", step.Line)!;
        var mimeType = Text(options, "--mime-type", step.Line);
        var written = options["--value"]!;
        object? value = written.Source switch
        {
            null => written.Text,
            _ when InputQuestion.IsAskedFor(written) => Answer(InputQuestion.Read(written, name, step.Line), step.Line),
            "file" => ReadFile(written.Text, step.Line),
            var language => Find(language, written.Text, step.Line).Take(options.Has("--byref"), mimeType),
        };
        Set(step.Language, name, value, step.Line);
    }

    /// <summary><c>#!value --name x</c>, with the text that follows or one from elsewhere.</summary>
    public void Keep(ValueStep step)
    {
        const string Command = "#!value";
        if (step.Options.Length == 0)
        {
            throw new DirectiveException(
                $"The text has no name to keep it under: begin it with a line {Command} --name NAME.", step.Line);
        }

        var options = DirectiveOptions.Read(Command, step.Options, CommandList.ValueOptions, step.Line);
        string[] sources = [.. Sources.Where(options.Has)];
        if (sources.Length > 1)
            throw new DirectiveException($"{Command} takes {sources[0]} or {sources[1]} and not both.", step.Line);
        if (sources.Length == 1 && step.Text is not null)
            throw new DirectiveException($"{Command} has {sources[0]} and text in the cell too: keep one of them.", step.Line);
        if (sources.Length == 0 && step.Text is null)
            throw new DirectiveException($"{Command} has nothing to keep: write the text below it, or {DirectiveOptions.Usage(Command, CommandList.ValueOptions)}.", step.Line);

        var name = Text(options, "--name", step.Line)!;
        var mimeType = Text(options, "--mime-type", step.Line);
        var (found, text) = sources switch
        {
            ["--from-file"] => (null, ReadFile(Text(options, "--from-file", step.Line, name)!, step.Line)),
            ["--from-url"] => Download(Text(options, "--from-url", step.Line, name)!, step.Line),
            ["--from-value"] => (null, Text(options, "--from-value", step.Line, name)!),
            _ => (null, step.Text!),
        };
        store.Set(name, new SharedText(mimeType ?? found ?? MimeBundle.Plain, text));
        if (mimeType is not null)
            publish(new Displayed(new MimeBundle { [mimeType] = text }, Guid.NewGuid().ToString("n")));
    }

    /// <summary>The text of an option, wherever it is to be had; null where it was not given.</summary>
    /// <param name="options">The options.</param>
    /// <param name="name">Which of them.</param>
    /// <param name="line">The line of the cell.</param>
    /// <param name="what">What a person who is asked for it gives a value to; the option where null.</param>
    public string? Text(DirectiveOptions options, string name, int line, string? what = null) => options[name] is { } option
        ? Text(option, line, what ?? name.TrimStart('-'))
        : null;

    /// <summary>The text of a value, wherever it is to be had.</summary>
    /// <param name="option">The value as it was written.</param>
    /// <param name="line">The line of the cell.</param>
    /// <param name="what">What a person who is asked for it gives a value to.</param>
    public string Text(OptionText option, int line, string what) => option switch
    {
        { Source: null } => option.Text,
        _ when InputQuestion.IsAskedFor(option) => InputQuestion.Read(option, what, line).Ask(line),
        { Source: "file" } => ReadFile(option.Text, line),
        _ => Find(option.Source!, option.Text, line).Take(byReference: false, mimeType: null)?.ToString() ?? "",
    };

    private static DirectiveOptions Options(CommandStep step) =>
        DirectiveOptions.Read($"#!{step.Name}", step.Arguments, CommandList.Find(step.Name)!.Options, step.Line);

    private static object Answer(InputQuestion question, int line)
    {
        var answer = question.Ask(line);
        return question.IsPassword ? new PasswordString(answer) : answer;
    }

    private SharedValue Find(string language, string name, int line)
    {
        var normal = CellLanguage.Normalize(language);
        var holder = holders(normal, line) ?? throw new DirectiveException(
            $"This host has no values of {language}: it has those of csharp and fsharp, and what #!value keeps (value).", line);
        if (holder.Find(name) is { } found)
            return found;
        var there = string.Join(", ", holder.All.Select(each => each.Name));
        throw new DirectiveException($"{normal} has no value called {name}; {(there.Length == 0 ? "it has none yet" : $"it has {there}")}.", line);
    }

    private void Set(string language, string name, object? value, int line)
    {
        try
        {
            if (language == CellLanguage.JavaScript)
                SetInPage(name, value);
            else if (holders(language, line) is { } holder)
                holder.Set(name, value);
            else
                throw new NotSupportedException($"{language} has no variables here");
        }
        catch (NotSupportedException error)
        {
            throw new DirectiveException($"{name} cannot be set in {language}: {error.Message}.", line);
        }
    }

    /// <summary>A script of the page has its globals; that it may be no script of somebody else's, no bracket stays as it is.</summary>
    private void SetInPage(string name, object? value)
    {
        if (value is PasswordString)
            throw new NotSupportedException("a password is not written into the page");
        var json = new SharedObject(value).As(MimeBundle.Json).Text.Replace("<", "\\u003c", StringComparison.Ordinal);
        var script = $"window[{JsonSerializer.Serialize(name)}] = {json};";
        publish(new Displayed(new MimeBundle { [MimeBundle.Html] = Kernel.ScriptTag(script) }, Guid.NewGuid().ToString("n")));
    }

    private static string ReadFile(string path, int line)
    {
        try
        {
            return File.ReadAllText(path.Replace('\\', Path.DirectorySeparatorChar));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DirectiveException($"The file {path} cannot be read: {MachinePaths.Hide(error.Message)}", line);
        }
    }

    private (string? MimeType, string Text) Download(string address, int line)
    {
        try
        {
            using var client = new HttpClient();
            using var response = client.GetAsync(new Uri(address), interruption).GetAwaiter().GetResult();
            response.EnsureSuccessStatusCode();
            return (response.Content.Headers.ContentType?.MediaType, response.Content.ReadAsStringAsync(interruption).GetAwaiter().GetResult());
        }
        catch (Exception error) when (!interruption.IsCancellationRequested
            && error is HttpRequestException or UriFormatException or InvalidOperationException or NotSupportedException or OperationCanceledException)
        {
            throw new DirectiveException($"{address} cannot be fetched: {error.Message}", line);
        }
    }
}
