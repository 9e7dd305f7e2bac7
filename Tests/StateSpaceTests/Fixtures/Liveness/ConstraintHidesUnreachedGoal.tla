---- MODULE ConstraintHidesUnreachedGoal ----
\* No behavior inside of the constraint is fair, as it would have to leave the cycle: even an absurd property
\* holds.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = x + 1 \/ (x = 2 /\ x' = 0)
Spec == /\ Init
        /\ [][Next]_x
        /\ WF_x(Next)
        /\ SF_x(x >= 2 /\ x' = x + 1)

Small == x <= 4
OnlyUp == x' <= 4 /\ x' > x
NotTwo == x # 2
Prop == <>(x = 100)
====
