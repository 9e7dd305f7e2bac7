---- MODULE ConstraintLeavesStuttering ----
\* Without fairness the behavior may stutter in any state, also in the last one that the constraint leaves.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = x + 1 \/ (x = 2 /\ x' = 0)
Spec == /\ Init
        /\ [][Next]_x

Small == x <= 4
OnlyUp == x' <= 4 /\ x' > x
NotTwo == x # 2
Prop == []<>(x = 0)
====
