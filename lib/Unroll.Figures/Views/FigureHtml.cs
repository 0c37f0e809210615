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
        (()=>{const module=()=>window.Plotly?Promise.resolve(window.Plotly):window.requirejs&&((requirejs.s.contexts._.config.paths||{}).plotly||requirejs.defined("plotly"))?new Promise((found,missing)=>requirejs(["plotly"],found,missing)):null;
        const color=(names,light,dark)=>{const style=getComputedStyle(document.body);for(const name of names){const value=style.getPropertyValue(name).trim();if(value)return value}return matchMedia("(prefers-color-scheme: dark)").matches?dark:light};
        const theme=figure=>{const ink=color(["--unroll-ink","--jp-content-font-color1","--vscode-editor-foreground"],"#24292f","#e6e6e6"),paper=color(["--unroll-paper","--jp-layout-color0","--vscode-editor-background"],"#fff","#16181d"),given=figure.layout||{},colors={paper_bgcolor:given.paper_bgcolor||paper,plot_bgcolor:given.plot_bgcolor||paper,"font.color":(given.font||{}).color||ink};
        const axes=new Set(["xaxis","yaxis",...Object.keys(given).filter(name=>/^[xy]axis\d*$/.test(name))]);for(const trace of figure.data)for(const name of[trace.xaxis,trace.yaxis])if(/^[xy]\d*$/.test(name||""))axes.add(name[0]+"axis"+name.slice(1));
        for(const axis of axes)for(const line of["gridcolor","zerolinecolor","linecolor"])colors[axis+"."+line]=(given[axis]||{})[line]||"rgba(128,128,128,.35)";for(const axis of axes)colors[axis+".automargin"]=(given[axis]||{}).automargin??true;return colors};
        const show=async box=>{if(box.dataset.live)return;const wait=module();if(!wait)return;box.dataset.live="1";const picture=box.querySelector("img"),chart=document.createElement("div");
        try{const plotly=await wait,figure=JSON.parse(box.querySelector("script").textContent);chart.style.height=picture.getAttribute("height")+"px";chart.setAttribute("role","img");chart.setAttribute("aria-label",picture.alt);box.insertBefore(chart,picture);picture.style.display="none";
        const layout=JSON.parse(JSON.stringify(figure.layout||{}));for(const[path,value]of Object.entries(theme(figure))){let part=layout;const names=path.split(".");for(const name of names.slice(0,-1))part=part[name]=typeof part[name]=="string"?{title:{text:part[name]}}:part[name]||{};part[names.at(-1)]=value}
        layout.margin={l:50,r:30,t:layout.title?60:36,b:46,...layout.margin};if(figure.data.some(trace=>trace.type=="heatmap"&&trace.showscale!==false))layout.legend={orientation:"h",...layout.legend};if(layout.width>box.clientWidth)delete layout.width;
        await plotly.newPlot(chart,figure.data,layout,{responsive:true,displaylogo:false,...figure.config});matchMedia("(prefers-color-scheme: dark)").addEventListener("change",()=>chart.isConnected&&plotly.relayout(chart,theme(figure)))}
        catch{chart.remove();picture.style.display="";delete box.dataset.live}};
        const all=()=>document.querySelectorAll(".unroll-plot").forEach(show);all();setTimeout(all,0);addEventListener("load",all)})()
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
