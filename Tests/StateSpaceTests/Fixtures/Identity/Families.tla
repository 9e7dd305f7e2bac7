--------------------------- MODULE Families ---------------------------
\* The state is a set of sets of permuted values, grown one family at a time.
EXTENDS Naturals, TLC, FiniteSets
CONSTANT Person
VARIABLE groups
Init == groups = {{}}
Next == /\ Cardinality(groups) < 4
        /\ \E g \in SUBSET Person : g \notin groups /\ groups' = groups \cup {g}
Sym == Permutations(Person)
HasEmpty == {} \in groups
=======================================================================
