using Unroll.Figures.Plotly;
using Unroll.Figures.Scene;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Views;

/// <summary>
/// A figure as HTML: the still picture, the figure's JSON, and a script that puts the interactive chart in the picture's
/// place where the page has plotly.js, as <c>window.Plotly</c> or as the module <c>plotly</c> of RequireJS. It loads nothing
/// itself: with no plotly.js, no script or no network, the picture stays. The picture is an image with its data in its
/// address: pages that do not trust a notebook strip drawings from its HTML, and leave images.
/// </summary>
internal static class FigureHtml
{
    /// <summary>
    /// Looks for every figure that is still a picture: a host may put HTML into the page before or after its scripts run.
    /// </summary>
    private const string Script =
        """
        (()=>{const dark=matchMedia("(prefers-color-scheme:dark)"),module=()=>window.Plotly||window.requirejs&&(requirejs.s.contexts._.config.paths?.plotly||requirejs.defined("plotly"))&&new Promise((is,no)=>requirejs(["plotly"],is,no));
        const color=(names,light,night)=>names.map(name=>getComputedStyle(document.body).getPropertyValue(name).trim()).find(text=>text)||(dark.matches?night:light);
        const theme=({data,layout={}})=>{const ink=color(["--unroll-ink","--jp-content-font-color1","--vscode-editor-foreground"],"#24292f","#e6e6e6"),paper=color(["--unroll-paper","--jp-layout-color0","--vscode-editor-background"],"#fff","#16181d"),set={paper_bgcolor:layout.paper_bgcolor||paper,plot_bgcolor:layout.plot_bgcolor||paper,"font.color":layout.font?.color||ink};
        const axes=new Set(["xaxis","yaxis",...Object.keys(layout).filter(name=>/^[xy]axis\d*$/.test(name))]);for(const row of data)for(const name of[row.xaxis,row.yaxis])if(/^[xy]\d*$/.test(name))axes.add(name[0]+"axis"+name.slice(1));
        for(const axis of axes){const own=layout[axis]||{};for(const line of["gridcolor","zerolinecolor","linecolor"])set[axis+"."+line]=own[line]||"rgba(128,128,128,.35)";set[axis+".automargin"]=own.automargin??true}return set};
        const show=async box=>{const wait=!box.dataset.live&&module();if(!wait)return;box.dataset.live=1;const img=box.querySelector("img"),chart=document.createElement("div");
        try{const plotly=await wait,fig=JSON.parse(box.querySelector("script").textContent),layout=structuredClone(fig.layout||{});chart.style.height=img.getAttribute("height")+"px";chart.role="img";chart.ariaLabel=img.alt;box.insertBefore(chart,img);img.style.display="none";
        for(const[path,text]of Object.entries(theme(fig))){let part=layout;const names=path.split("."),last=names.pop();for(const name of names)part=part[name]=typeof part[name]=="string"?{title:{text:part[name]}}:part[name]||{};part[last]=text}
        layout.margin={l:50,r:30,t:layout.title?60:36,b:46,...layout.margin};if(fig.data.some(row=>row.type=="heatmap"&&row.showscale!==false))layout.legend={orientation:"h",...layout.legend};if(layout.width>box.clientWidth)delete layout.width;
        await plotly.newPlot(chart,fig.data,layout,{responsive:true,displaylogo:false,...fig.config});dark.addEventListener("change",()=>chart.isConnected&&plotly.relayout(chart,theme(fig)))}
        catch{chart.remove();img.style.display="";delete box.dataset.live}};
        const all=()=>document.querySelectorAll(".unroll-plot").forEach(show);all();setTimeout(all);addEventListener("load",all)})()
        """;

    /// <summary>A part of a page.</summary>
    public static string Write(FigureData figure)
    {
        var json = figure.ToJson().Replace("<", "\\u003c", StringComparison.Ordinal);
        var svg = FigureSvg.DrawImage(figure, out var scene);
        var words = scene.Description.Length > 0 ? $"{scene.Name}: {scene.Description}" : scene.Name;
        return $"<div class=\"unroll-plot\" style=\"max-width:{SvgWriter.Number(scene.Width)}px\">" +
            PictureHtml.Image(svg, scene.Width, scene.Height, words) +
            $"<script type=\"application/json\">{json}</script><script>{Script.ReplaceLineEndings("")}</script></div>";
    }
}
