--------------------------- MODULE Visitors ---------------------------
\* Visitors enter and leave a room in any order. The room is a set of permuted values.
EXTENDS Naturals, TLC, FiniteSets
CONSTANT Visitor
VARIABLE room
Init == room = {}
Next == \/ \E v \in Visitor \ room : room' = room \cup {v}
        \/ \E v \in room : room' = room \ {v}
Sym == Permutations(Visitor)
AtMostThree == Cardinality(room) <= 3
=======================================================================
