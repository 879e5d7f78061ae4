//! Batches into one graph.

use super::BREAKS_OFF;
use super::batch::{Batch, LabelRow, ObjectRow, Unknown};
use super::blocks::Stop;
use super::footer::Footer;
use super::parse::behind_footer;
use crate::error::{ReadError, Warning};
use objgraph_graph::{HeapBuilder, KnownId, KnownLabel, KnownType, NewNode, NodeId, ObjectGraph};
use std::io::ErrorKind;

/// The graph so far, and what is known of the file.
pub(super) struct Merge {
    builder: HeapBuilder,
    separator: &'static str,
    pub(super) warnings: Vec<Warning>,
    n_objects: u64,
    n_refs: u64,
    last_line: u64,
    /// Objects whose lines do not follow that of the object before, with their lines.
    line_starts: Vec<(u32, u64)>,
    footer: Option<Footer>,
    unknown_states: Unknown,
    unknown_kinds: Unknown,
}

impl Merge {
    pub(super) fn new(separator: &'static str) -> Self {
        Self {
            builder: HeapBuilder::default(),
            separator,
            warnings: Vec::new(),
            n_objects: 0,
            n_refs: 0,
            last_line: 1,
            line_starts: Vec::new(),
            footer: None,
            unknown_states: Unknown::default(),
            unknown_kinds: Unknown::default(),
        }
    }

    /// Adds the next batch of the file.
    pub(super) fn add(&mut self, batch: Batch) -> Result<(), ReadError> {
        let types: Vec<KnownType> = (batch.type_names())
            .map(|(module, name)| self.builder.add_type(module, name, self.separator))
            .collect();
        let labels: Vec<KnownLabel> = (batch.label_texts())
            .map(|label| self.builder.add_label(label))
            .collect();
        let targets = batch.references.iter().map(|reference| reference.target);
        let targets = self.builder.add_ids(targets);
        let ids = self
            .builder
            .add_ids(batch.objects.iter().map(|object| object.id));
        let mut first_reference = 0;
        for (object, id) in batch.objects.iter().zip(ids) {
            if self.footer.is_some() {
                return Err(behind_footer(object.line));
            }
            let references = first_reference..first_reference + object.n_references;
            first_reference = references.end;
            let node = self.add_object(&batch, object, id, types[object.type_number as usize])?;
            for place in references {
                let reference = &batch.references[place];
                let label = match reference.label {
                    LabelRow::Position(label) => label,
                    LabelRow::Text(number) => labels[number as usize],
                };
                self.builder
                    .add_edge_to(node, targets[place], reference.kind, label);
            }
            self.n_refs += object.n_references as u64;
        }
        self.add_rest(batch)
    }

    fn add_object(
        &mut self,
        batch: &Batch,
        object: &ObjectRow,
        id: KnownId,
        known: KnownType,
    ) -> Result<NodeId, ReadError> {
        let mut new = NewNode::of(known)
            .value(batch.text(object.value))
            .sizes(object.size, object.owned)
            .counts(object.strong, object.weak)
            .state(object.state)
            .site(batch.text(object.site));
        if let Some(serial) = object.serial {
            new = new.serial(serial);
        }
        let node = self.builder.add_known_node(id, new);
        let node = node.map_err(|first| ReadError::DuplicateId {
            id: object.id,
            first_line: self.line_of(first),
            line: object.line,
        })?;
        if object.line != self.last_line + 1 || self.line_starts.is_empty() {
            self.line_starts.push((node.0, object.line));
        }
        self.last_line = object.line;
        self.n_objects += 1;
        if let Some(root) = object.root {
            self.builder.add_root(batch.text(root), node);
        }
        Ok(node)
    }

    fn add_rest(&mut self, batch: Batch) -> Result<(), ReadError> {
        self.unknown_states.join(batch.unknown_states);
        self.unknown_kinds.join(batch.unknown_kinds);
        if let Some(footer) = batch.footer {
            if self.footer.is_some() {
                return Err(behind_footer(footer.line));
            }
            self.footer = Some(footer);
        }
        match batch.error {
            Some(ReadError::Truncated { line, reason, .. }) => Err(self.truncated(line, &reason)),
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// What the end of the file means.
    pub(super) fn end(&mut self, stop: Stop) -> Result<(), ReadError> {
        match (stop, &self.footer) {
            (Stop::End, Some(footer)) => footer.check(self.n_objects, self.n_refs),
            (Stop::End, None) => Err(self.truncated(self.last_line, "no footer")),
            (Stop::LongLine(line), _) => Err(ReadError::LongLine { line }),
            (Stop::Failure { line, source }, _) if source.kind() == ErrorKind::UnexpectedEof => {
                Err(self.truncated(line, BREAKS_OFF))
            }
            (Stop::Failure { line, source }, _) => Err(ReadError::Io { line, source }),
        }
    }

    fn truncated(&self, line: u64, reason: &str) -> ReadError {
        ReadError::Truncated {
            line,
            n_objects: self.n_objects,
            reason: reason.to_owned(),
        }
    }

    fn line_of(&self, node: NodeId) -> u64 {
        let behind = self.line_starts.partition_point(|start| start.0 <= node.0);
        let start = behind.checked_sub(1).map(|place| self.line_starts[place]);
        start.map_or(0, |(first, line)| line + u64::from(node.0 - first))
    }

    pub(super) fn finish(mut self) -> (ObjectGraph, Vec<Warning>) {
        let (graph, missing) = std::mem::take(&mut self.builder).finish();
        let mut warnings = std::mem::take(&mut self.warnings);
        if let Some((referrer, id)) = missing.first {
            warnings.push(Warning::Missing {
                n_references: missing.n_references,
                n_ids: missing.n_ids,
                line: self.line_of(referrer),
                id,
            });
        }
        let Unknown { count, first } = self.unknown_states;
        if count > 0 {
            warnings.push(Warning::UnknownStates {
                n_objects: count,
                word: first,
            });
        }
        let Unknown { count, first } = self.unknown_kinds;
        if count > 0 {
            warnings.push(Warning::UnknownKinds {
                n_references: count,
                word: first,
            });
        }
        (graph, warnings)
    }
}
