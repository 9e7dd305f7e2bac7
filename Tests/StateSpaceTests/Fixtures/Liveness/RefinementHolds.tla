---- MODULE RefinementHolds ----
\* A counter of half steps refines the counter of whole steps, fairness included.
EXTENDS Naturals
VARIABLE halves

Init == halves = 0
Next == halves' = (halves + 1) % 6
Spec == /\ Init
        /\ [][Next]_halves
        /\ WF_halves(Next)

Abstract == INSTANCE CyclicCounter WITH count <- halves \div 2, Limit <- 3
Refinement == Abstract!Spec
====
