---- MODULE RefinementViolatedByLiveness ----
\* Without fairness the counter of half steps does not refine the fair counter: it may stop.
EXTENDS Naturals
VARIABLE halves

Init == halves = 0
Next == halves' = (halves + 1) % 6
Spec == /\ Init
        /\ [][Next]_halves

Abstract == INSTANCE CyclicCounter WITH count <- halves \div 2, Limit <- 3
Refinement == Abstract!Spec
====
