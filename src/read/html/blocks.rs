//! A tree of elements becomes a list of blocks: paragraphs, headings, items, each with the share of its letters in links.

use dom_query::{NodeData, NodeRef};

use super::super::rules::Pages;
use super::classes::is_furniture;

/// What a block was marked up as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    Paragraph,
    /// `h1` to `h6`.
    Heading,
    /// An item of a list.
    Item,
}

/// One block of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    /// Its text, white space collapsed.
    pub text: String,
    /// What it was marked up as.
    pub kind: Kind,
    /// Share of its letters that stand in links.
    pub link_share: f64,
    /// Words of the link that it ends with; zero where it ends with none.
    pub end_link: usize,
}

/// The blocks below `root`, furniture left out.
pub(super) fn blocks(root: NodeRef, rules: &Pages) -> Vec<Block> {
    let most = (root.text().len() as f64 * rules.furniture_share) as usize;
    let mut walk = Walk { most, ..Walk::default() };
    let mut next = root.first_child();
    while let Some(node) = next {
        let entered = walk.enter(&node, rules);
        next = if entered { node.first_child() } else { None }.or_else(|| walk.after(node, &root, entered));
    }
    walk.flush();
    walk.blocks
}

#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    /// An element with more text than this is no furniture, whatever it is called.
    most: usize,
    text: String,
    linked: usize,
    in_link: usize,
    /// Letters in bold.
    bold: usize,
    in_bold: usize,
    /// Words of the link that was added last, as long as nothing stands behind it.
    end_link: usize,
    in_heading: usize,
    in_item: usize,
    in_pre: usize,
    /// Where the text and the links of the table's cell under way begin, as long as nothing tells that it lays out the page.
    cell: Option<Cell>,
    /// The cell under way lays out the page: a cell of data has no line breaks.
    laid_out: bool,
    space: bool,
    broken: bool,
}

/// Where the cell of a table begins in the text, and how many letters of links and in bold stand before it.
#[derive(Clone, Copy)]
struct Cell {
    text: usize,
    linked: usize,
    bold: usize,
}

impl Walk {
    /// Takes a node; true when its children are to be walked.
    fn enter(&mut self, node: &NodeRef, rules: &Pages) -> bool {
        if node.is_text() {
            node.query(|node| {
                if let NodeData::Text { contents } = &node.data {
                    if self.in_pre > 0 { self.add_lines(contents) } else { self.add(contents) }
                }
            });
            return false;
        }
        let Some(name) = node.qual_name_ref().map(|name| name.local.clone()) else { return false };
        let is_unread = rules.unread.contains(&*name);
        if is_unread || is_furniture(node, &name, rules) && node.text().len() <= self.most {
            self.space |= !is_block(&name);
            if is_block(&name) {
                self.flush();
            }
            return false;
        }
        self.mark(&name, true);
        true
    }

    /// Where the walk goes on behind `node`: what was entered is left on the way.
    fn after<'t>(&mut self, node: NodeRef<'t>, root: &NodeRef, entered: bool) -> Option<NodeRef<'t>> {
        if entered {
            self.leave(&node);
        }
        let mut node = node;
        loop {
            if let Some(sibling) = node.next_sibling() {
                return Some(sibling);
            }
            node = node.parent().filter(|parent| parent.id != root.id)?;
            self.leave(&node);
        }
    }

    fn leave(&mut self, node: &NodeRef) {
        if let Some(name) = node.qual_name_ref().map(|name| name.local.clone()) {
            self.mark(&name, false);
        }
    }

    /// Begins or ends an element.
    fn mark(&mut self, name: &str, begins: bool) {
        let count = |counter: &mut usize| *counter = if begins { *counter + 1 } else { counter.saturating_sub(1) };
        match name {
            "a" => count(&mut self.in_link),
            "b" | "strong" => count(&mut self.in_bold),
            "br" if begins => self.line_break(),
            "td" | "th" => self.cell(begins),
            _ if is_block(name) => self.flush(),
            _ => {}
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => count(&mut self.in_heading),
            "li" => count(&mut self.in_item),
            "pre" => count(&mut self.in_pre),
            _ => {}
        }
    }

    /// Begins or ends a cell of a table. Cells of data stand side by side; one that lays out the page is a block.
    fn cell(&mut self, begins: bool) {
        if self.laid_out {
            self.flush();
        }
        self.space = true;
        self.laid_out = false;
        self.cell = begins.then_some(Cell { text: self.text.len(), linked: self.linked, bold: self.bold });
    }

    /// Parts the cell under way from those before it.
    fn lay_out(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let (own, linked, bold) = (self.text.split_off(cell.text), self.linked - cell.linked, self.bold - cell.bold);
        self.linked = cell.linked;
        self.flush();
        self.laid_out = true;
        (self.text, self.linked, self.bold) = (own.trim_start().to_owned(), linked, bold);
    }

    /// Two line breaks, or one behind a finished sentence or behind nothing but a link or bold letters, end a paragraph.
    fn line_break(&mut self) {
        self.lay_out();
        let is_all = |part: usize| self.in_item == 0 && part > 0 && part == letters(&self.text);
        let (is_link, is_bold) = (is_all(self.linked), is_all(self.bold));
        if is_bold && !is_link {
            self.in_heading += 1;
            self.flush();
            self.in_heading -= 1;
        } else if self.broken || is_link || self.text.ends_with(['.', '!', '?', '”', '"']) {
            self.flush();
        }
        self.broken = true;
        self.space = true;
    }

    /// Adds text whose empty lines are those of the page.
    fn add_lines(&mut self, contents: &str) {
        for line in contents.split_inclusive('\n') {
            if line.trim().is_empty() && self.space {
                self.flush();
            }
            self.add(line);
        }
    }

    fn add(&mut self, contents: &str) {
        for word in contents.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if !bare.is_empty() {
                if self.space && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.text.push_str(bare);
                self.linked += if self.in_link > 0 { bare.len() } else { 0 };
                self.bold += if self.in_bold > 0 { bare.len() } else { 0 };
                self.end_link = if self.in_link > 0 { self.end_link + 1 } else { 0 };
                self.space = false;
                self.broken = false;
            }
            self.space |= bare.len() < word.len();
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let (linked, end_link) = (std::mem::take(&mut self.linked), std::mem::take(&mut self.end_link));
        self.bold = 0;
        self.laid_out |= self.cell.take().is_some();
        self.space = false;
        self.broken = false;
        if text.is_empty() {
            return;
        }
        let letters = letters(&text);
        let kind = match (self.in_heading, self.in_item) {
            (0, 0) => Kind::Paragraph,
            (0, _) => Kind::Item,
            _ => Kind::Heading,
        };
        self.blocks.push(Block { text, kind, link_share: linked as f64 / letters as f64, end_link });
    }
}

fn letters(text: &str) -> usize {
    text.bytes().filter(|byte| *byte != b' ').count()
}

/// Elements that begin and end a line.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "thead"
            | "tr"
            | "ul"
    )
}
