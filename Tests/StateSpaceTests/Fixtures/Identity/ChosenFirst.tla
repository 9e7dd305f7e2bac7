------------------------- MODULE ChosenFirst -------------------------
\* CHOOSE gives the first of the waiting values a privilege, so the step relation is not symmetric and the counts depend on which state of a class is kept.
EXTENDS TLC, Naturals
CONSTANT P
VARIABLES waiting, score
Init == waiting = {} /\ score = [p \in P |-> 0]
Enter == \E p \in P \ waiting : waiting' = waiting \cup {p} /\ UNCHANGED score
First == CHOOSE p \in waiting : TRUE
Win == /\ waiting # {} /\ score[First] < 2
       /\ score' = [score EXCEPT ![First] = @ + 1]
       /\ waiting' = waiting \ {First}
Next == Win \/ Enter
Sym == Permutations(P)
Low == \A p \in P : score[p] <= 2
======================================================================
