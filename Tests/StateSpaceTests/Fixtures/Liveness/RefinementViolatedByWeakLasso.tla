---- MODULE RefinementViolatedByWeakLasso ----
\* The half steps go back and forth inside of one whole step, which is fair to Next but does not count.
EXTENDS Naturals
VARIABLE halves

Init == halves = 0
Next == halves' = (halves + 1) % 6 \/ (halves % 2 = 1 /\ halves' = halves - 1)
Spec == /\ Init
        /\ [][Next]_halves
        /\ WF_halves(Next)

Abstract == INSTANCE CyclicCounter WITH count <- halves \div 2, Limit <- 3
Refinement == Abstract!Spec
====
