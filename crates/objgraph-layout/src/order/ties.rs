//! What ties the items of a row to those of the next.

use super::ports::Ports;

/// The items in a neighbouring row that each item is tied to.
#[derive(Default)]
pub(super) struct Ties {
    /// Where the ties of each item begin, and where those of the last one end.
    pub(super) starts: Vec<u32>,
    pub(super) others: Vec<u32>,
    /// The places of the others from left to right, for the items of the row that was looked at last.
    places: Vec<u32>,
    /// Where the next place of each item goes.
    cursors: Vec<u32>,
    /// Where on the items the ties are, if that matters.
    pub(super) ports: Option<Ports>,
}

impl Ties {
    pub(super) fn new(n_items: usize, pairs: impl Iterator<Item = (usize, usize)> + Clone) -> Self {
        let mut starts = vec![0_u32; n_items + 1];
        pairs.clone().for_each(|(item, _)| starts[item + 1] += 1);
        for item in 0..n_items {
            starts[item + 1] += starts[item];
        }
        let mut cursors = starts.clone();
        let mut others = vec![0; starts[n_items] as usize];
        for (item, other) in pairs {
            others[cursors[item] as usize] = other as u32;
            cursors[item] += 1;
        }
        Self {
            places: vec![0; others.len()],
            starts,
            others,
            cursors,
            ports: None,
        }
    }

    pub(super) fn range(&self, item: usize) -> std::ops::Range<usize> {
        self.starts[item] as usize..self.starts[item + 1] as usize
    }

    pub(super) fn others(&self, item: usize) -> &[u32] {
        &self.others[self.range(item)]
    }

    /// The places of what an item is tied to, from left to right; see [`look_at`](Self::look_at).
    pub(super) fn places(&self, item: usize) -> &[u32] {
        &self.places[self.range(item)]
    }

    /// Writes down the places of the ties of a row, in the order of the row that they lead to: so nothing is sorted.
    pub(super) fn look_at(&mut self, row: &[usize], other_row: &[usize], back: &Ties) {
        for &item in row {
            self.cursors[item] = self.starts[item];
        }
        if let Some(ports) = &back.ports {
            let mut first = 0;
            for &other in other_row {
                let own = ports.own(back.range(other)).iter();
                for (&item, port) in back.others(other).iter().zip(own) {
                    self.write_down(item, first + port);
                }
                first += ports.n_places(other);
            }
            return;
        }
        for (place, &other) in other_row.iter().enumerate() {
            for &item in back.others(other) {
                self.write_down(item, place as u32);
            }
        }
    }

    fn write_down(&mut self, item: u32, place: u32) {
        let cursor = &mut self.cursors[item as usize];
        self.places[*cursor as usize] = place;
        *cursor += 1;
    }
}
