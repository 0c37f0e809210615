using System.Globalization;

namespace Unroll.Notebooks.Session.FSharp;

/// <summary>
/// The module <c>Html</c>, with which F# cells write HTML: <c>div [ _class "note" ] [ "text" ]</c>. A cell that names it is
/// the first to pay for it.
/// </summary>
internal static class FSharpHtml
{
    /// <summary>Its name.</summary>
    public const string Name = "Html";

    private const string Elements = """
        a abbr address area article aside audio b bdi bdo blockquote br button canvas caption center cite code col colgroup data
        datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head
        header hgroup hr i iframe img input ins kbd label legend li link main map mark menu menuitem meta meter nav noscript ol
        optgroup option output p param picture pre progress q rp rt ruby s samp script section select small source span strike
        strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track u ul var video wbr
        """;

    private const string Texts = """
        about accept accessKey action alt autoCapitalize autoComplete autoCorrect autoSave cellPadding cellSpacing challenge
        charSet class classID color content contextMenu coords crossOrigin datatype dateTime ddata defaultValue dir download
        encType form formAction formEncType formMethod formTarget frameBorder headers height href hrefLang icon id inlist
        inputMode integrity is itemID itemProp itemRef itemType keyParams keyType kind label lang language list manifest max
        media mediaGroup method min name onClick onMouseOut onMouseOver pattern placeholder poster prefix preload property
        radioGroup rel resource role sandbox scope scrolling security shape sizes src srcDoc srcLang srcSet step summary target
        title type typeof useMap value vocab width wmode wrap
        """;

    private const string Numbers =
        "colSpan cols high low marginHeight marginWidth maxLength minLength optimum results rowSpan rows size span start tabIndex";

    /// <summary>They are there or not.</summary>
    private const string Flags = """
        allowFullScreen allowTransparency async autoFocus autoPlay capture checked controls default defaultChecked defer disabled
        formNoValidate hidden itemScope loop multiple muted noValidate open readOnly required scoped seamless selected unselectable
        """;

    /// <summary>They say true or false.</summary>
    private const string Switches = "contentEditable draggable spellCheck";

    /// <summary>The module.</summary>
    public static string Code { get; } = $$"""
        module {{Name}} =
            type HtmlAttribute = string * obj

            let custom (tag: string) (attributes: HtmlAttribute list) (content: obj list) =
                let element = PocketView(tag)
                for (name, value) in attributes do
                    match value with
                    | :? bool as isThere -> if isThere then element.HtmlAttributes.[name] <- null
                    | _ -> element.HtmlAttributes.[name] <- value
                if not content.IsEmpty then element.SetContent(List.toArray content)
                element :> Microsoft.AspNetCore.Html.IHtmlContent

            let rawText (html: string) = Kernel.HTML html
            let encodedText (text: string) = Kernel.HTML(System.Net.WebUtility.HtmlEncode text)
            let str (text: string) = encodedText text
            let embedNoContext (value: obj) = Kernel.HTML(Formatter.ToDisplayString(value, "text/html"))

            let _custom (name: string, value: obj) = HtmlAttribute(name, value)
            let _style (rules: string list) =
                HtmlAttribute("style", rules |> List.map (fun rule -> rule.TrimEnd(';', ' ')) |> String.concat "; ")
            let _htmlFor (id: string) = HtmlAttribute("for", id)
            let _httpEquiv (name: string) = HtmlAttribute("http-equiv", name)
            let _acceptCharset (names: string) = HtmlAttribute("accept-charset", names)
        {{Lines(Elements, "    let {0} attributes content = custom \"{0}\" attributes content")}}
        {{Lines(Texts, "    let _{0} (text: string) = HtmlAttribute(\"{1}\", text)")}}
        {{Lines(Numbers, "    let _{0} (number: float) = HtmlAttribute(\"{1}\", number)")}}
        {{Lines(Flags, "    let _{0} (isThere: bool) = HtmlAttribute(\"{1}\", isThere)")}}
        {{Lines(Switches, "    let _{0} (isOn: bool) = HtmlAttribute(\"{1}\", (if isOn then \"true\" else \"false\"))")}}
        """;

    /// <summary>A line for each word: 0 is the word, 1 what pages call it.</summary>
    private static string Lines(string words, string format) => string.Join('\n', words
        .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => string.Format(CultureInfo.InvariantCulture, format, word, word.ToLowerInvariant())));
}
