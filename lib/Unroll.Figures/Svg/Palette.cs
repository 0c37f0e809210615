namespace Unroll.Figures.Svg;

/// <summary>
/// The colours of pictures. Those of series are Okabe and Ito's (Color Universal Design, 2008), which colour-blind people
/// tell apart, without yellow and black, which are lost on white and on black.
/// </summary>
internal static class Palette
{
    public const string Blue = "#0072B2";
    public const string Vermilion = "#D55E00";
    public const string Green = "#009E73";
    public const string Purple = "#CC79A7";
    public const string Orange = "#E69F00";
    public const string Sky = "#56B4E9";
    public const string Grey = "#8C8C8C";

    public static readonly string[] Series = [Blue, Vermilion, Green, Purple, Orange, Sky, Grey];

    /// <summary>For numbers on both sides of zero: blue below, orange above. As pairs of a place from 0 to 1 and its colour.</summary>
    public static readonly (double At, string Color)[] Diverging =
        [(0, "#00517F"), (0.25, "#5AA9D6"), (0.5, "#F5F3EE"), (0.75, "#EB9A55"), (1, "#A84400")];

    /// <summary>
    /// Ink and paper by the theme of whoever shows the picture: JupyterLab's, VS Code's, else the system's. Only our own
    /// class is styled, and there is no id, so that pictures on one page do not meet.
    /// </summary>
    public const string Style =
        "<style>.unroll-svg{--state:#b34e00;--ink:var(--unroll-ink,var(--jp-content-font-color1,var(--vscode-editor-foreground,#24292f)));" +
        "--paper:var(--unroll-paper,var(--jp-layout-color0,var(--vscode-editor-background,#fff)));" +
        "font:11px system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;max-width:100%;height:auto}" +
        "@media(prefers-color-scheme:dark){.unroll-svg{--state:#f08a3c;--ink:var(--unroll-ink,var(--jp-content-font-color1,var(--vscode-editor-foreground,#e6e6e6)));" +
        "--paper:var(--unroll-paper,var(--jp-layout-color0,var(--vscode-editor-background,#16181d)))}}" +
        ".unroll-svg .ink{fill:var(--ink)}.unroll-svg .rule{stroke:var(--ink);fill:none}.unroll-svg .paper{fill:var(--paper)}</style>";

    /// <summary>The same for a picture in an HTML image, which the page's own colours do not reach.</summary>
    public const string ImageStyle =
        "<style>svg{font:11px system-ui,Arial,sans-serif}.ink{fill:#24292f}.rule{stroke:#24292f;fill:none}.paper{fill:#fff}" +
        "@media(prefers-color-scheme:dark){.ink{fill:#e6e6e6}.rule{stroke:#e6e6e6}.paper{fill:#16181d}}</style>";

    /// <summary>Colours by name, which a drawing in an image uses beside those classes: 4.5 to 1 against the paper of each theme.</summary>
    public const string ImageColors =
        "<style>svg{--ink:#24292f;--state:#b34e00}@media(prefers-color-scheme:dark){svg{--ink:#e6e6e6;--state:#f08a3c}}</style>";
}
