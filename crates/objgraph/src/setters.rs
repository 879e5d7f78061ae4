//! The choices that every picture has, whatever it begins with.

/// What every picture lets its caller decide, under the names and with the defaults of Python's objgraph.
///
/// For a struct with a field `look: Look`.
macro_rules! look_setters {
    ($lifetime:lifetime) => {
        /// Goes this many references away from where it begins. Default: 3.
        pub fn max_depth(mut self, max_depth: usize) -> Self {
            self.look.max_depth = max_depth;
            self.look.view = self.look.view.max_depth(max_depth);
            self
        }

        /// Folds the references beyond this many of one object into "12 more references". Default: 10.
        pub fn too_many(mut self, too_many: usize) -> Self {
            self.look.too_many = too_many;
            self.look.view = self.look.view.too_many(too_many);
            self
        }

        /// Shows at most this many objects. Default: 5,000; few people read more.
        pub fn max_nodes(mut self, max_nodes: usize) -> Self {
            self.look.view = self.look.view.max_nodes(max_nodes);
            self
        }

        /// Shows only objects that match; what only others lead to is not shown. Default: all.
        pub fn filter(mut self, filter: impl Fn($crate::Node<'_>) -> bool + $lifetime) -> Self {
            self.look.is_filtered = true;
            self.look.view = self.look.view.filter(filter);
            self
        }

        /// Leaves objects out that match. Default: none.
        pub fn ignore(mut self, ignore: impl Fn($crate::Node<'_>) -> bool + $lifetime) -> Self {
            self.look.is_filtered = true;
            self.look.view = self.look.view.ignore(ignore);
            self
        }

        /// Makes objects stand out that match. Default: none.
        pub fn highlight(
            mut self,
            highlight: impl Fn($crate::Node<'_>) -> bool + $lifetime,
        ) -> Self {
            self.look.view = self.look.view.highlight(highlight);
            self
        }

        /// Adds a line to the labels of objects. Default: none.
        pub fn extra_info(
            mut self,
            extra_info: impl Fn($crate::Node<'_>) -> Option<String> + $lifetime,
        ) -> Self {
            self.look.view = self.look.view.extra_info(extra_info);
            self
        }

        /// Adds attributes to the boxes of objects: any in DOT; `URL`, `class` and `tooltip` in SVG. Default: none.
        pub fn extra_node_attrs(
            mut self,
            attributes: impl Fn($crate::Node<'_>) -> Vec<(String, String)> + $lifetime,
        ) -> Self {
            self.look.view = self.look.view.extra_node_attrs(attributes);
            self
        }

        /// Shows strong and weak counts, as they were before anything was looked at. Default: no.
        pub fn refcounts(mut self, refcounts: bool) -> Self {
            self.look.view = self.look.view.refcounts(refcounts);
            self
        }

        /// Shows sizes in bytes. Default: no.
        pub fn sizes(mut self, sizes: bool) -> Self {
            self.look.view = self.look.view.sizes(sizes);
            self
        }

        /// Strips module paths from type names. Default: yes.
        pub fn shortnames(mut self, shortnames: bool) -> Self {
            self.look.view = self.look.view.shortnames(shortnames);
            self
        }

        /// Draws frames around objects that belong together. Default: [`GroupBy::Nothing`]($crate::GroupBy::Nothing).
        ///
        /// Only the default engine draws them in SVG and PNG.
        ///
        /// # Examples
        ///
        /// ```
        /// use objgraph::GroupBy;
        /// use std::rc::Rc;
        ///
        /// let words = ["a", "b"].map(|word| Rc::new(word.to_owned()));
        /// let graph = objgraph::graph(&words);
        /// let view = graph.draw().group_by(GroupBy::Type).to_view();
        /// assert_eq!((view.frames[0].title.as_str(), view.frames[0].nodes.len()), ("String", 2));
        /// ```
        pub fn group_by(mut self, group_by: $crate::GroupBy) -> Self {
            self.look.view = self.look.view.group_by(group_by);
            self
        }

        /// Explains colours, arrows and frames beside the picture. Default: no.
        ///
        /// A table of samples in DOT, boxes and arrows with their meaning in Mermaid, whose arrows do not tell all kinds apart.
        pub fn legend(mut self, legend: bool) -> Self {
            self.look.view = self.look.view.legend(legend);
            self
        }

        /// Sets a headline. Default: none.
        pub fn title(mut self, title: impl Into<String>) -> Self {
            self.look.view = self.look.view.title(title);
            self
        }

        /// Chooses what places the boxes. Default: [`Engine::default`]($crate::Engine).
        pub fn engine(mut self, engine: $crate::Engine) -> Self {
            self.look.layout = self.look.layout.engine(engine);
            self
        }

        /// Chooses where arrows point in SVG, PNG and DOT. Default: downwards or to the right, whichever can be shown
        /// larger on a screen; downwards in DOT.
        pub fn direction(mut self, direction: $crate::RankDirection) -> Self {
            self.look.direction = Some(direction);
            self.look.layout = self.look.layout.direction(direction);
            self
        }

        /// Multiplies the size of a PNG. Default: 2, for sharp text on today's screens.
        ///
        /// A picture of more than 16,384 pixels on a side, or 100 million of them, is drawn smaller and says so.
        pub fn scale(mut self, scale: f64) -> Self {
            self.look.scale = scale;
            self
        }

        /// Says in one line on standard error what was written. Default: no.
        ///
        /// That a picture is too large to be of use is always said there, and below the picture.
        pub fn announce(mut self, announce: bool) -> Self {
            self.look.announce = announce;
            self
        }
    };
}
