---- MODULE ActionConstraintCutsCycle ----
\* The action constraint forbids the step back, so that no fair behavior is left.
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
Prop == []<>(x = 4)
====
