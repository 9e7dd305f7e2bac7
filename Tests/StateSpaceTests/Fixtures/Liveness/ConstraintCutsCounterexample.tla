---- MODULE ConstraintCutsCounterexample ----
\* The counterexamples lead through states that the constraint cuts off; what is left is fair nowhere but in the
\* cycle.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = x + 1 \/ (x = 2 /\ x' = 0)
Spec == /\ Init
        /\ [][Next]_x
        /\ WF_x(Next)

Small == x <= 4
OnlyUp == x' <= 4 /\ x' > x
NotTwo == x # 2
Prop == []<>(x = 0)
====
