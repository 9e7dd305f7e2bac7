---- MODULE RefinementByStrongFairnessHolds ----
\* Going back and forth is excluded by strong fairness of going forward.
EXTENDS Naturals
VARIABLE halves

Init == halves = 0
Next == halves' = (halves + 1) % 6 \/ (halves % 2 = 1 /\ halves' = halves - 1)
Spec == /\ Init
        /\ [][Next]_halves
        /\ SF_halves(halves' = (halves + 1) % 6)
        /\ SF_halves(halves % 2 = 1 /\ halves' = (halves + 1) % 6)

Abstract == INSTANCE CyclicCounter WITH count <- halves \div 2, Limit <- 3
Refinement == Abstract!Spec
====
