---- MODULE ParametrisedInstanceFairness ----
\* The fairness of an instance whose parameter is bound by a quantifier.
EXTENDS Naturals
VARIABLE wheel

\* Two wheels with three positions each.
Turn(w) == wheel' = [wheel EXCEPT ![w] = (@ + 1) % 3]
Init == wheel = [w \in 1..2 |-> 0]
Next == Turn(1) \/ Turn(2)
Spec == /\ Init
        /\ [][Next]_wheel
        /\ WF_wheel(Turn(1))
        /\ WF_wheel(Turn(2))

Wheel(w) == INSTANCE CyclicCounter WITH count <- wheel[w], Limit <- 3
Left == INSTANCE CyclicCounter WITH count <- wheel[1], Limit <- 3
Right == INSTANCE CyclicCounter WITH count <- wheel[2], Limit <- 3

Prop == \A w \in 1..2 : Wheel(w)!Fairness
====
