---- MODULE ConstraintLeavesCycle ----
\* The step out of the constraint stays enabled, which is unfair; the cycle remains as the counterexample.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = x + 1 \/ (x = 2 /\ x' = 0)
Spec == /\ Init
        /\ [][Next]_x
        /\ WF_x(x' = x + 1)

Small == x <= 4
OnlyUp == x' <= 4 /\ x' > x
NotTwo == x # 2
Prop == <>(x = 100)
====
