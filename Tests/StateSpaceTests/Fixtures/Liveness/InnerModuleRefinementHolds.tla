---- MODULE InnerModuleRefinementHolds ----
\* Strong fairness of leaving by the last one and of the first one's coming makes the toggle flip.
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
        /\ SF_line(Len(line) = 1 /\ Leave)
        /\ WF_line(Come)
        /\ WF_line(Leave)

Waiting == INSTANCE Toggle WITH up <- (line # <<>>)
Refinement == Waiting!Spec
====
