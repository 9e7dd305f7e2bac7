------------------------- MODULE InternOrder -------------------------
\* The permuted values are the names of earlier identifiers and come in another order in the configuration; the order of model values decides which states are kept.
EXTENDS Naturals, TLC
CONSTANTS S, late, early
VARIABLES zeta, alpha
Init == zeta = [p \in S |-> 0] /\ alpha = {}
Pick == CHOOSE p \in S : p \notin alpha
Next == \/ alpha # S /\ alpha' = alpha \cup {Pick} /\ zeta' = [zeta EXCEPT ![Pick] = @ + 1]
        \/ \E p \in S : zeta[p] < 2 /\ zeta' = [zeta EXCEPT ![p] = @ + 1] /\ UNCHANGED alpha
Sym == Permutations(S)
Ok == \A p \in S : zeta[p] <= 3
NotLate == zeta[late] <= 2
======================================================================
