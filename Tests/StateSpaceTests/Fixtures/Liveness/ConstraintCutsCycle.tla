---- MODULE ConstraintCutsCycle ----
\* The constraint cuts state 2 off and with it the cycle, so only states 0 and 1 are left.
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
Prop == <>[](x = 1)
====
