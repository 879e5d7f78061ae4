//! The attributes that Graphviz has, so that others can be told.

use std::collections::BTreeSet;

use super::attributes::DotAttributes;
use super::graph::DotGraph;

impl DotGraph {
    /// The attributes that neither this crate nor Graphviz knows, in the order of the alphabet: spelling mistakes,
    /// most of them. They are ignored.
    ///
    /// # Examples
    ///
    /// ```
    /// let graph = objgraph_render::read_dot(b"graph { a [colour=red, color=red] }")?;
    /// assert_eq!(graph.unknown_attributes(), ["colour"]);
    /// # Ok::<(), objgraph_render::ReadDotError>(())
    /// ```
    #[must_use]
    pub fn unknown_attributes(&self) -> Vec<&str> {
        let nodes = self.nodes.iter().map(|node| &node.attributes);
        let edges = self.edges.iter().map(|edge| &edge.attributes);
        let subgraphs = self.subgraphs.iter().map(|subgraph| &subgraph.attributes);
        let all = nodes
            .chain(edges)
            .chain(subgraphs)
            .chain([&self.attributes]);
        let names: BTreeSet<_> = all.flat_map(DotAttributes::names).collect();
        let is_known = |name: &&str| KNOWN.split(' ').any(|known| known == *name);
        names.into_iter().filter(|name| !is_known(name)).collect()
    }
}

/// <https://graphviz.org/doc/info/attrs.html>, in the order of the alphabet.
const KNOWN: &str = "\
_background area arrowhead arrowsize arrowtail bb beautify bgcolor center charset class cluster \
clusterrank color colorscheme comment compound concentrate constraint Damping decorate defaultdist \
dim dimen dir diredgeconstraints distortion dpi edgehref edgetarget edgetooltip edgeURL epsilon esep \
fillcolor fixedsize fontcolor fontname fontnames fontpath fontsize forcelabels gradientangle group \
head_lp headclip headhref headlabel headport headtarget headtooltip headURL height href id image \
imagepath imagepos imagescale inputscale K key label label_scheme labelangle labeldistance \
labelfloat labelfontcolor labelfontname labelfontsize labelhref labeljust labelloc labeltarget \
labeltooltip labelURL landscape layer layerlistsep layers layerselect layersep layout len levels \
levelsgap lhead lheight linelength lp ltail lwidth margin maxiter mclimit mindist minlen mode model \
newrank nodesep nojustify normalize notranslate nslimit nslimit1 oneblock ordering orientation \
outputorder overlap overlap_scaling overlap_shrink pack packmode pad page pagedir pencolor penwidth \
peripheries pin pos quadtree quantum radius rank rankdir ranksep ratio rects regular remincross \
repulsiveforce resolution root rotate rotation samehead sametail samplepoints scale searchsize sep \
shape shapefile showboxes sides size skew smoothing sortv splines start style stylesheet tail_lp \
tailclip tailhref taillabel tailport tailtarget tailtooltip tailURL target tooltip truecolor URL \
vertices viewport voro_margin weight width xdotversion xlabel xlp z";
