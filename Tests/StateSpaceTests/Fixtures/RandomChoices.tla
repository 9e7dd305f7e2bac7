--------------------------- MODULE RandomChoices ---------------------------
(* Random subsets have the size that is asked for, and a constant definition draws once. *)
EXTENDS Naturals, FiniteSets, TLC, Randomization
VARIABLE x
Drawn == RandomElement(1..1000000)
Init == x \in RandomSubset(5, [1..4 -> 0..99])
Next == x' = x
Same == Drawn = Drawn /\ Drawn \in 1..1000000
Some == RandomElement({x}) = x /\ RandomSetOfSubsets(3, 2, {1, 2}) \subseteq SUBSET {1, 2}
=============================================================================
