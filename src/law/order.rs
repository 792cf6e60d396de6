//! The order in which a procedure graph can be worked through.

use crate::scenario::resolved::{CourtSystem, Target};

/// The nodes in strongly connected components (a remand makes a cycle), a component
/// before those it leads to (Tarjan 1972, with its own stack in place of recursion).
pub(super) fn components(court: &CourtSystem) -> Vec<Vec<usize>> {
    let next: Vec<Vec<usize>> = court
        .nodes
        .iter()
        .map(|node| {
            let targets = node.outcomes.iter().filter_map(|o| match o.target {
                Target::Node(id) => Some(id.index()),
                Target::End(_) => None,
            });
            targets.collect()
        })
        .collect();
    let mut search = Search {
        index: vec![None; next.len()],
        low: vec![0; next.len()],
        open: vec![false; next.len()],
        path: Vec::new(),
        found: Vec::new(),
        count: 0,
    };
    for root in 0..next.len() {
        if search.index[root].is_none() {
            search.from(root, &next);
        }
    }
    search.found.reverse();
    search.found
}

struct Search {
    index: Vec<Option<usize>>,
    low: Vec<usize>,
    open: Vec<bool>,
    path: Vec<usize>,
    found: Vec<Vec<usize>>,
    count: usize,
}

impl Search {
    fn from(&mut self, root: usize, next: &[Vec<usize>]) {
        let mut work = vec![(root, 0)];
        self.enter(root);
        while let Some((node, edge)) = work.pop() {
            if let Some(&target) = next[node].get(edge) {
                work.push((node, edge + 1));
                match self.index[target] {
                    None => {
                        self.enter(target);
                        work.push((target, 0));
                    }
                    Some(index) if self.open[target] => {
                        self.low[node] = self.low[node].min(index);
                    }
                    Some(_) => {}
                }
                continue;
            }
            self.close(node);
            if let Some(&(parent, _)) = work.last() {
                self.low[parent] = self.low[parent].min(self.low[node]);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.index[node] = Some(self.count);
        self.low[node] = self.count;
        self.open[node] = true;
        self.path.push(node);
        self.count += 1;
    }

    /// Takes the component off the path when `node` is its first member.
    fn close(&mut self, node: usize) {
        if Some(self.low[node]) != self.index[node] {
            return;
        }
        let mut component = Vec::new();
        while let Some(member) = self.path.pop() {
            self.open[member] = false;
            component.push(member);
            if member == node {
                break;
            }
        }
        component.sort_unstable();
        self.found.push(component);
    }
}
