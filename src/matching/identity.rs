//! Who is who within a story: names of different documents that name one entity.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::claim::Entity;
use crate::compare::name::{Name, Rules as NameRules, same_entity};

/// The entities of a story, each name with the number of the entity it names.
#[derive(Debug, Default)]
pub struct Identities {
    number: FxHashMap<Entity, usize>,
    known: Vec<Vec<Rc<Name>>>,
    /// Lists that were given back, for the next that are asked for.
    lists: Vec<Vec<usize>>,
}

impl Identities {
    /// The number of the entity that a name names; a new one when none so far is the same.
    /// The names of a story must come in an order that does not hang on its files' order.
    pub fn number(&mut self, entity: &Entity, rules: &NameRules) -> usize {
        if let Some(number) = self.number.get(entity) {
            return *number;
        }
        let name = Name::known(entity, rules);
        let same = self.known.iter().position(|names| names.iter().any(|n| same_entity(n, &name, rules)));
        let number = same.unwrap_or(self.known.len());
        if number == self.known.len() {
            self.known.push(Vec::new());
        }
        self.known[number].push(name);
        self.number.insert(entity.clone(), number);
        number
    }

    /// The numbers of some entities, each once, in order. Pair after pair asks for two lists of them.
    pub(super) fn numbers(&mut self, entities: &[Entity], rules: &NameRules) -> Vec<usize> {
        let mut numbers = self.lists.pop().unwrap_or_default();
        numbers.extend(entities.iter().map(|entity| self.number(entity, rules)));
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Takes back lists of numbers that nobody needs any more.
    pub(super) fn give_back(&mut self, lists: [Vec<usize>; 2]) {
        self.lists.extend(lists.into_iter().map(|mut list| {
            list.clear();
            list
        }));
    }
}
