---- MODULE InnerModuleRefinementStrongStillViolated ----
\* Strong fairness of leaving and coming is satisfied by that loop too.
EXTENDS Naturals, Sequences
VARIABLE line

---- MODULE Toggle ----
VARIABLE up
Init == up = FALSE
Flip == up' = ~up
Spec == Init /\ [][Flip]_up /\ WF_up(Flip)
====

\* A line of at most two letters; somebody comes and somebody leaves.
Come == Len(line) < 2 /\ line' = Append(line, "x")
Leave == line # <<>> /\ line' = Tail(line)
Init == line = <<>>
Next == Come \/ Leave
Spec == /\ Init
        /\ [][Next]_line
        /\ SF_line(Come)
        /\ SF_line(Leave)

Waiting == INSTANCE Toggle WITH up <- (line # <<>>)
Refinement == Waiting!Spec
====
