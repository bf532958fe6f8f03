//! The result of a measurement: one cell per ordered pair.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::lab::node::Node;

/// The corner of a printed matrix.
const HEADING: &str = "from \\ to";

/// What became of the packets of one ordered pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Answered, and no other machine of the plan was in between.
    Direct,
    /// Answered, over these machines in this order.
    Via(Vec<String>),
    /// The request arrived and its answer did not come back.
    OneWay,
    /// The request did not arrive.
    Nothing,
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct => formatter.pad("direct"),
            Self::Via(nodes) => formatter.pad(&format!("via {}", nodes.join(", "))),
            Self::OneWay => formatter.pad("one way"),
            Self::Nothing => formatter.pad("nothing"),
        }
    }
}

/// The way over one other machine, or over several.
pub(crate) fn via<const N: usize>(nodes: [&str; N]) -> Outcome {
    Outcome::Via(nodes.iter().map(|&node| node.to_owned()).collect())
}

/// One measured pair.
pub(crate) struct Cell {
    /// What was measured.
    pub(crate) outcome: Outcome,
    /// The last words of `ping`, and what `traceroute` printed if there was an answer.
    pub(crate) detail: String,
}

/// All measured pairs, under keys such as `nas>pi`.
pub(crate) struct Matrix {
    names: Vec<String>,
    cells: BTreeMap<String, Cell>,
    nodes: Vec<Arc<Node>>,
}

impl Matrix {
    /// The cells between the named machines; the nodes are asked for `wg show` when an expectation
    /// fails.
    pub(crate) fn new(
        names: Vec<String>,
        cells: BTreeMap<String, Cell>,
        nodes: Vec<Arc<Node>>,
    ) -> Self {
        Self {
            names,
            cells,
            nodes,
        }
    }

    /// What was measured for one pair, if it was.
    pub(crate) fn outcome(&self, pair: &str) -> Option<&Outcome> {
        Some(&self.cells.get(pair)?.outcome)
    }

    /// How many pairs were measured.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Compares with what every pair should do, and panics with the report if one does not.
    pub(crate) fn expect<const N: usize>(&self, expected: [(&str, Outcome); N]) {
        let expected = expected
            .map(|(pair, outcome)| (pair.to_owned(), outcome))
            .into();
        if let Err(report) = self.compare(&expected) {
            panic!("{report}");
        }
    }

    /// Compares with what every pair should do.
    ///
    /// The expectation must name every measured pair, so that no cell goes unlooked at. The error
    /// is a report with the matrix, the differences and the state of the machines involved.
    pub(crate) fn compare(&self, expected: &BTreeMap<String, Outcome>) -> Result<(), String> {
        let mut differences = String::new();
        let mut involved = Vec::new();
        for (pair, outcome) in expected {
            let Some(cell) = self.cells.get(pair) else {
                writeln!(differences, "{pair}: expected {outcome}, not measured").unwrap();
                continue;
            };
            if cell.outcome != *outcome {
                writeln!(
                    differences,
                    "{pair}: expected {outcome}, measured {}",
                    cell.outcome
                )
                .unwrap();
                writeln!(differences, "{}", cell.detail.trim_end()).unwrap();
                involved.extend(pair.split('>'));
                if let Outcome::Via(nodes) = outcome {
                    involved.extend(nodes.iter().map(String::as_str));
                }
            }
        }
        for (pair, cell) in self
            .cells
            .iter()
            .filter(|(pair, _)| !expected.contains_key(*pair))
        {
            writeln!(
                differences,
                "{pair}: nothing expected, measured {}",
                cell.outcome
            )
            .unwrap();
        }
        if differences.is_empty() {
            return Ok(());
        }
        for node in self
            .nodes
            .iter()
            .filter(|node| involved.contains(&node.name()))
        {
            writeln!(differences, "\n{} says:\n{}", node.name(), node.wg_show()).unwrap();
        }
        Err(format!(
            "the lab measured something else\n\n{self}\n{differences}"
        ))
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let longest_name = self.names.iter().map(String::len).max().unwrap_or_default();
        let longest_cell = self
            .cells
            .values()
            .map(|cell| cell.outcome.to_string().len())
            .max()
            .unwrap_or_default();
        let width = longest_name.max(longest_cell).max(HEADING.len()) + 2;
        write!(formatter, "{HEADING:width$}")?;
        for to in &self.names {
            write!(formatter, "{to:width$}")?;
        }
        writeln!(formatter)?;
        for from in &self.names {
            write!(formatter, "{from:width$}")?;
            for to in &self.names {
                match self.cells.get(&format!("{from}>{to}")) {
                    Some(cell) => write!(formatter, "{:width$}", cell.outcome)?,
                    None => write!(formatter, "{:width$}", "·")?,
                }
            }
            writeln!(formatter)?;
        }
        Ok(())
    }
}
