----------------------- MODULE UnionWithSingle -----------------------
\* One of the two sets has a single value: TLC warns of it and permutes the other.
EXTENDS TLC
CONSTANTS Many, Lone
VARIABLES on, mode
Init == on = {} /\ mode \in Lone
Next == \E m \in Many \ on : on' = on \cup {m} /\ UNCHANGED mode
Sym == Permutations(Many) \cup Permutations(Lone)
Ok == on \subseteq Many
======================================================================
