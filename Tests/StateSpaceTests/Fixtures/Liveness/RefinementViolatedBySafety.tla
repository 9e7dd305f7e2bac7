---- MODULE RefinementViolatedBySafety ----
\* A step of three halves leaves out a number now and then, which the abstract next-state action does not allow.
EXTENDS Naturals
VARIABLE halves

Init == halves = 0
Next == halves' = (halves + 3) % 6
Spec == /\ Init
        /\ [][Next]_halves
        /\ WF_halves(Next)

Abstract == INSTANCE CyclicCounter WITH count <- halves \div 2, Limit <- 3
Refinement == Abstract!Spec
====
