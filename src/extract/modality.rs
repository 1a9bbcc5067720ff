//! Speech reported without marks: who is said to say it, with which verb, and the clause said.
