---- MODULE ActionConstraintAndStateConstraint ----
\* The action constraint cuts the cycle and the constraint cuts the rest, so that no fair behavior is left.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = x + 1 \/ (x = 2 /\ x' = 0)
Spec == /\ Init
        /\ [][Next]_x
        /\ WF_x(x = 2 /\ x' = 0)
        /\ WF_x(Next)

Small == x <= 4
OnlyUp == x' <= 4 /\ x' > x
NotTwo == x # 2
Prop == <>[](x >= 3)
====
