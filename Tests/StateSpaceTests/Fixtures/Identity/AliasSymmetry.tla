------------------------ MODULE AliasSymmetry ------------------------
\* An alias beside a symmetry: sets of permuted values, counted and chosen from.
EXTENDS Naturals, FiniteSets, TLC
CONSTANT P
VARIABLE room
Init == room = {}
Next == \E p \in P \ room : room' = room \cup {p}
Sym == Permutations(P)
Show == [inside |-> room, outside |-> P \ room, size |-> Cardinality(room),
         newcomer |-> room' \ room]
NotFull == room # P
======================================================================
