---- MODULE RefinementViolatedByInit ----
\* The abstract initial predicate is false of the initial state.
EXTENDS Naturals
VARIABLE halves

Init == halves = 2
Next == halves' = (halves + 1) % 6
Spec == /\ Init
        /\ [][Next]_halves
        /\ WF_halves(Next)

Abstract == INSTANCE CyclicCounter WITH count <- halves \div 2, Limit <- 3
Refinement == Abstract!Spec
====
